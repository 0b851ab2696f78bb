"""Every "no" of the rules has words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import locales
from conversations import refusals

FOLDERS = ("domain", "storage", "conversations")


def reasons() -> set[str]:
    """The literal first argument of every Refused(…) and of every super().__init__(…) of its subclasses."""
    found = set()
    for folder in FOLDERS:
        for path in Path(folder).rglob("*.py"):
            tree = ast.parse(path.read_text())
            found |= {_reason(node) for node in ast.walk(tree) if isinstance(node, ast.Call)} - {None}
    return {reason for reason in found if reason}


def _reason(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Name) and call.func.id == "Refused" and call.args:
        first = call.args[0]
        return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
    return None


@pytest.mark.parametrize("language", list(locales.LANGUAGES))
def test_every_reason_has_words(language: str) -> None:
    with locales.use(language):
        spoken = {reason: words() for reason, words in refusals.WORDS.items()}
    assert not reasons() - spoken.keys()
