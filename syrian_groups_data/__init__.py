"""Two armed groups of the Syrian coast, and how we know: statements cited to the sentence.

    import syrian_groups_data as sgd
    sgd.read("events")                         # pyarrow.Table
    sgd.load().groups["syrian-resistance"]     # typed records
    sgd.open("folder")                         # the same of any package of this schema

Importing reads no data and loads nothing heavy; each name is fetched when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .library.data import Data
    from .library.entities import Allegation, Entity, Event, Group, Person, Place
    from .library.errors import Damaged
    from .library.release import (
        Package,
        __version__,  # noqa: F401 - no name for `import *`
        datapackage,
        load,
        open,
        path,
        read,
        tables,
        to_networkx,
        to_pandas,
        to_polars,
    )
    from .library.search import Match
    from .library.statements import Citation, Contested, Passage, Source, Statement
    from .library.tables import Memory

_HOMES = {
    "library.data": ("Data",),
    "library.entities": ("Allegation", "Entity", "Event", "Group", "Person", "Place"),
    "library.errors": ("Damaged",),
    "library.release": (
        "Package", "__version__", "datapackage", "load", "open", "path", "read", "tables", "to_networkx", "to_pandas",
        "to_polars",
    ),
    "library.search": ("Match",),
    "library.statements": ("Citation", "Contested", "Passage", "Source", "Statement"),
    "library.tables": ("Memory",),
}  # fmt: skip

__all__ = [
    "Allegation",
    "Citation",
    "Contested",
    "Damaged",
    "Data",
    "Entity",
    "Event",
    "Group",
    "Match",
    "Memory",
    "Package",
    "Passage",
    "Person",
    "Place",
    "Source",
    "Statement",
    "datapackage",
    "load",
    "open",
    "path",
    "read",
    "tables",
    "to_networkx",
    "to_pandas",
    "to_polars",
]


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            # What importlib.import_module does, without loading importlib.
            module = __import__(f"{__name__}.{home}", fromlist=[name])
            return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
