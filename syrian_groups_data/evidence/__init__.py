"""Documents: cut them into passages, carry these over to later versions, prove citations, account for every passage."""

from .account import Account as Account
from .account import Manner as Manner
from .account import account as account
from .account import first_list as first_list
from .cut import Refused as Refused
from .cut import looks_wrapped as looks_wrapped
from .documents import survey as survey
from .documents import texts as texts
from .documents import unreadable as unreadable
from .lay import LEAST as LEAST
from .ledger import coverage as coverage
from .passages import segmenter as segmenter
from .passages import to_csv as to_csv
from .prove import verify as verify
from .spans import proposed as proposed
from .told import told as told
