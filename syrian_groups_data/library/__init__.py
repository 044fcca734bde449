"""Tables -> what users hold: release files, records, search, the terminal's view."""
