"""Raw YAML, JSON Lines and CSV -> records, with the line and column of every value."""

from .explain import MOST as MOST
from .explain import NUMBERS as NUMBERS
from .project import load as load
