"""Tables -> the formats of other people's tools, one module a format."""

from .formats import FORMATS as FORMATS
from .formats import export as export
from .formats import footnote as footnote
from .source import Tables as Tables
