"""Tables -> what users hold: release files, records, search, terminal and notebook views."""

from .release import load as load
from .release import open as open
