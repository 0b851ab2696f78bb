"""All conversations of the program."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

import conversations
from conversations.registry import Entry, Registry


def everything() -> Registry:
    """Every ENTRY, and every one of ENTRIES, of the files in this folder: a new file is enough."""
    registry = Registry()
    for module in sorted(module.name for module in iter_modules(conversations.__path__)):
        for entry in _entries(import_module(f"conversations.{module}")):
            registry.add(entry)
    return registry


def _entries(module: object) -> Iterable[Entry]:
    if isinstance(entry := getattr(module, "ENTRY", None), Entry):
        yield entry
    yield from getattr(module, "ENTRIES", ())
