"""The command line: one module a command; the only place that chains stages."""

from .line import main as main
from .line import run as run
