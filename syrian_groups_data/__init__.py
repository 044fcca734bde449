"""Two armed groups of the Syrian coast, and how we know: statements cited to the sentence.

    import syrian_groups_data as sgd
    sgd.read("events")                         # pyarrow.Table
    sgd.load().groups["syrian-resistance"]     # typed records

Importing reads no data and loads nothing heavy; each name is fetched when it is first used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .library import (
        Allegation,
        Citation,
        Contested,
        Data,
        Entity,
        Event,
        Group,
        Passage,
        Person,
        Place,
        Statement,
        load,
    )
    from .release import Damaged, datapackage, path, read, tables

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

_RELEASE = frozenset({"Damaged", "datapackage", "path", "read", "tables"})


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in _RELEASE:
        from . import release as module
    else:
        from . import library as module  # type: ignore[no-redef]
    value = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
