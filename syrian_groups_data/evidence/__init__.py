"""Documents: cut them into passages, prove citations against them, account for every passage."""

from .cut import segment as segment
from .cut import to_csv as to_csv
from .cut import write as write
from .documents import texts as texts
from .ledger import coverage as coverage
from .prove import verify as verify
