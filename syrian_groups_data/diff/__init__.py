"""Two releases -> what became of each statement."""

from .compare import CORE as CORE
from .compare import changes as changes
from .compare import told as told
from .successors import Said as Said
from .successors import Why as Why
from .successors import ledger as ledger
from .successors import said as said
from .successors import said_in as said_in
