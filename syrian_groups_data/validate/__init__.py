"""Built tables: files, hashes, types, constraints, keys and references, by SQL that DuckDB and Spark both run."""

from .prove import DESCRIPTOR as DESCRIPTOR
from .prove import validate as validate
