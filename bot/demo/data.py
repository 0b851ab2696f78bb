"""The sample municipality's own tables: small files beside this one, to be read and changed by hand."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw(name: str) -> bytes:
    return (HERE / f"{name}.csv").read_bytes()
