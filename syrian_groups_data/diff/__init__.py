"""Two releases -> what became of each statement."""

from .successors import Said as Said
from .successors import Why as Why
from .successors import ledger as ledger
from .successors import said as said
