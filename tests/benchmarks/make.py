"""What is measured on, each in a call that loads what it needs and no sooner."""

from __future__ import annotations

from pathlib import Path


def write(folder: Path, records: int) -> None:
    """A project of so many synthetic records."""
    from .synthetic import write

    write(folder, records)


def csv_package(built: Path, to: Path, rows: int) -> None:
    """A package of one CSV of so many rows."""
    from .single import package

    package(built, to, rows, "csv")


def parquet_package(built: Path, to: Path, rows: int) -> None:
    """A package of one Parquet file of so many rows."""
    from .single import package

    package(built, to, rows, "parquet")
