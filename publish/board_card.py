"""The picture under a shared address of the board: 1200 by 630, read at the size of a stamp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from locales import _, current
from publish import paper, year_ring

LONGEST, LONGEST_WHY = 120, 150  # letters that fit


def data(
    title: str, lead: str, tally: Sequence[Mapping[str, Any]], promise: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Of a place: its sentence and bar; of a promise: its words, and how it stands."""
    shown = {"lang": current(), "name": _("Mrgvali"), "board": _("Promises to the villages"), "title": _cut(title)}
    if promise is not None:
        why = cut(promise["why"], LONGEST_WHY)
        return shown | {"lead": why, "status": promise["status"], "lot": promise["lot"], "parts": []}
    parts = [{"lot": one["lot"], "many": one["many"], "name": one["name"]} for one in tally]
    return shown | {"lead": lead, "status": "", "lot": "", "parts": parts}


def png(shown: Mapping[str, Any]) -> bytes:
    return paper.png("board_card", shown, images={"sign.svg": year_ring.sign().encode()}, ppi=72)


def _cut(words: str) -> str:
    return cut(words, LONGEST)


def cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
