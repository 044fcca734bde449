"""The doors: the only place of the package that opens, lists, writes or deletes a file. `exchange` needs the extra `build`."""

from .bounds import DESCRIPTOR, share
from .folders import create
from .project import MARK, described, marked, replaceable
from .reading import (
    FILE,
    FOLDER,
    Entry,
    Linked,
    Refused,
    TooLarge,
    kind,
    leads_outside,
    listing,
    open_file,
    read,
    rest,
    size,
)
from .writing import expect, write

__all__ = [
    "DESCRIPTOR",
    "FILE",
    "FOLDER",
    "MARK",
    "Entry",
    "Linked",
    "Refused",
    "TooLarge",
    "create",
    "described",
    "expect",
    "kind",
    "leads_outside",
    "listing",
    "marked",
    "open_file",
    "read",
    "replaceable",
    "rest",
    "share",
    "size",
    "write",
]
