"""Records -> rows of every table."""

from .tables import flatten as flatten
