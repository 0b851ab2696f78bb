"""A place's name as a conversation remembers it: in both alphabets, since its person may change the language midway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locales import current
from storage.places import Place


def names(place: Place) -> dict[str, str]:
    return {"ka": place.ka, "en": place.en}


def named(remembered: Mapping[str, Any]) -> str:
    """Georgian letters for those who read Georgian, Latin ones for everybody else: as Place.named."""
    return str(remembered["ka" if current() == "ka" else "en"])
