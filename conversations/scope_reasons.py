"""Why a need is not for the village's list: said by the desk, heard by whoever told it."""

from __future__ import annotations

from locales import _


def reason(value: str) -> str:
    """One of the ready ones, or words of the desk."""
    return reasons().get(value, value)


def reasons() -> dict[str, str]:
    return {
        "household": _("it concerns one household, and the list is for what many need"),
        "done": _("it has been done already"),
        "elsewhere": _("neither the village nor the municipality can decide it"),
        "unclear": _("we did not understand what is needed"),
    }
