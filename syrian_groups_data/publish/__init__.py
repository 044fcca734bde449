"""Rows -> Parquet, CSV, descriptor, codebook; all or nothing."""

from .arrow import content_hash as content_hash
from .arrow import to_arrow as to_arrow
from .build import render as render
from .build import same as same
from .build import stale as stale
from .build import summary as summary
from .build import to_columns as to_columns
