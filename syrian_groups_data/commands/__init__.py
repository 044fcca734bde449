"""The command line: one module a command; the only place that chains stages."""

from .entry import main as main
from .entry import run as run
