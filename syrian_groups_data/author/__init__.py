"""Raw YAML, JSON Lines and CSV -> records, with the line and column of every value."""

from .explain import MOST as MOST
from .explain import NUMBERS as NUMBERS
from .read import load as load
