"""Published tables -> a static site: pages to look at what is said, by whom, and on which passages it rests."""

from .mapping import Boundaries
from .render import Options, render

__all__ = ["Boundaries", "Options", "render"]
