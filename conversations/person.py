"""What a conversation knows of the person it speaks with, without reading anything."""

from __future__ import annotations

from dataclasses import dataclass


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
