"""Two armed groups of the Syrian coast, and how we know: statements cited to the sentence.

    import syrian_groups_data as sgd
    sgd.read("events")                         # pyarrow.Table
    sgd.load().groups["syrian-resistance"]     # typed records

Importing reads no data and loads nothing heavy; each name is fetched when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .library.data import Data, load
    from .library.entities import (
        Allegation,
        Citation,
        Contested,
        Entity,
        Event,
        Group,
        Passage,
        Person,
        Place,
        Statement,
    )
    from .library.release import Damaged, datapackage, path, read, tables

_HOMES = {
    "library.entities": (
        "Allegation", "Citation", "Contested", "Entity", "Event", "Group", "Passage", "Person", "Place", "Statement",
    ),
    "library.data": ("Data", "load"),
    "library.release": ("Damaged", "datapackage", "path", "read", "tables"),
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
    "Passage",
    "Person",
    "Place",
    "Statement",
    "datapackage",
    "load",
    "path",
    "read",
    "tables",
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
