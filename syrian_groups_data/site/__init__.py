"""Published tables -> a static site: pages to look at what is said, by whom, and on which passages it rests."""

from .mapping import Boundaries
from .render import Options, render
from .stills import stills

__all__ = ["Boundaries", "Options", "render", "stills"]
