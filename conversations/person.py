"""What a conversation knows of the person it speaks with, without reading anything."""

from __future__ import annotations

from dataclasses import dataclass

from locales import HOME, LANGUAGES


@dataclass(slots=True)
class Person:
    """`language` is None until they chose one; `phone_language` is what their phone says."""

    id: int
    language: str | None
    phone_language: str | None
    village_id: int | None
    channel: str
    welcomed: bool
    erased: bool = False

    @property
    def speaks(self) -> str:
        """The language they chose, else their phone's where we have it."""
        if self.language in LANGUAGES:
            return str(self.language)
        short = (self.phone_language or "").partition("-")[0]
        return short if short in LANGUAGES else HOME
