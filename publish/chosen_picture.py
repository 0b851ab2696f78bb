"""The list that a village chose as a picture for a chat, 720 pixels wide, with women's and men's bars."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.chosen import TOP, Result, Shown
from locales import _, current
from publish import chosen_words, day_words, need_words, paper
from publish.chosen_words import Heads
from storage import choosings, chosen, places
from storage.places import Place

LONGEST = 110  # letters of a need: three lines


@dataclass(frozen=True, slots=True)
class List:
    """What a village chose, and when the choosing ended; whoever shows it reads it from here."""

    village: Place
    day: date
    result: Result
    heads: Heads


async def read(db: AsyncConnection, *, choosing_id: int) -> List | None:
    """None while it was not counted."""
    result = await chosen.of_choosing(db, choosing_id=choosing_id)
    kept = await choosings.read(db, choosing_id=choosing_id)
    village = await places.village(db, village_id=kept.village_id)
    if result is None or village is None:
        return None
    return List(village.place, kept.rules.closes, result, await chosen.needs(db, result=result))


def png(shown: List) -> bytes:
    return paper.png("chosen_list", data(shown))


def digest(shown: List) -> str:
    """Of everything that stands on it."""
    return hashlib.sha256(repr(data(shown)).encode()).hexdigest()[:32]


def data(shown: List) -> dict[str, Any]:
    """Everything that stands on it, in the language in use."""
    result, heads = shown.result, shown.heads
    lines = [{**_called(line.need, heads), "bars": list(bars(line.shown, result.chose))} for line in result.lines]
    below = "; ".join(chosen_words.called(need, heads) for need in result.below)
    return {
        "lang": current(),
        "title": shown.village.named(current()),
        "above": _("What comes first for the village"),
        "legend": legend(result),
        "lines": lines,
        "top": TOP,
        "empty": "" if lines else chosen_words.listed(result, heads),
        "below": _("Without a place, since fewer than five chose each of them: {needs}").format(needs=below)
        if lines and below
        else "",
        "foot": " ".join(filter(None, (chosen_words.chose(result), chosen_words.rule()))),
        "mark": " · ".join([_("Mrgvali"), day_words.day(shown.day)]),
    }


def _called(need: int, heads: Heads) -> dict[str, str]:
    """A need without words is called by its kind, once."""
    head = heads.get(need)
    if head is None or head.name is None:
        return {"kind": "", "name": chosen_words.called(need, heads)}
    return {"kind": need_words.kind(head.kind), "name": _cut(head.name)}


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def legend(result: Result) -> list[dict[str, str]]:
    if result.chose.split:
        return [{"of": "women", "words": _("women")}, {"of": "men", "words": _("men")}]
    return [{"of": "people", "words": _("of all who chose")}] if result.chose.people else []


def bars(shown: Shown, chose: Shown) -> Iterator[dict[str, Any]]:
    """How long each is, in percent of all women, men or people who chose; and its number."""
    for of, number, whole in (
        ("women", shown.women, chose.women),
        ("men", shown.men, chose.men),
        ("people", shown.people, chose.people),
    ):
        if whole and number:
            words = _("{number} of {whole}").format(number=number, whole=whole)
            yield {"of": of, "share": min(100, round(100 * number / whole)), "words": words}
        elif whole:
            yield {"of": of, "share": 0, "words": _("few")}
