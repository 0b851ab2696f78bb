"""A village's assembly in words, for the chat and for the village's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assembly import Outcome, shown
from locales import _, current, ngettext
from publish import day_words, need_words
from storage import assemblies
from storage.assemblies import Assembly
from storage.heads import Head

FIRST = 5  # needs of the list that a message shows


def when(starts_at: datetime, zone: ZoneInfo) -> str:
    """ "Saturday, 14 February 2027, 15:00", with the day as it is written everywhere."""
    there = starts_at.astimezone(zone)
    return f"{format_date(there, 'EEEE', locale=current())}, {day_words.day(there.date())}, {there:%H:%M}"


def card(assembly: Assembly, zone: ZoneInfo) -> str:
    return f"🗓 {when(assembly.starts_at, zone)}\n📍 {assembly.place}"


def called(head: Head) -> str:
    """As everybody may know it."""
    kind = need_words.kind(head.kind)
    return f"{kind} – {head.name}" if head.name else kind


def listed(heads: Sequence[Head]) -> str:
    return "\n".join(f"{place}. {called(head)}" for place, head in enumerate(heads[:FIRST], start=1))


def came(outcome: Outcome) -> str:
    """How many women and men; no number from one to four."""
    women, men = shown(outcome.women), shown(outcome.men)
    few = _("fewer than five")
    of_women = ngettext("{count} woman", "{count} women", women).format(count=women) if women is not None else ""
    of_men = ngettext("{count} man", "{count} men", men).format(count=men) if men is not None else ""
    return _("Who came: {women}, {men}.").format(
        women=of_women or _("women: {few}").format(few=few), men=of_men or _("men: {few}").format(few=few)
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """An outcome, with the need that was chosen as it is called now."""

    outcome: Outcome
    head: Head | None


async def newest(db: AsyncConnection, *, village_id: int) -> tuple[Assembly, Chosen | None] | None:
    """The newest of the village, with what was chosen there; None where none was set."""
    held = await assemblies.newest(db, village_id=village_id)
    return None if held is None else (held, await chosen(db, held))


async def chosen(db: AsyncConnection, assembly: Assembly) -> Chosen | None:
    if assembly.outcome is None:
        return None
    need = assembly.outcome.need
    return Chosen(assembly.outcome, None if need is None else await assemblies.head(db, need_id=need))


def lines(one: Chosen) -> list[str]:
    """Who came, what was chosen, and where it stood on the list."""
    outcome = one.outcome
    if outcome.nothing:
        return [came(outcome), _("No project was chosen.")]
    what = outcome.words or (called(one.head) if one.head else _("a need that is no longer there"))
    said = [came(outcome), _("Chosen by show of hands: {project}").format(project=what)]
    if outcome.place is not None:
        return [*said, _("On the village's list it stood at place {place}.").format(place=outcome.place)]
    return [*said, _("It did not stand on the village's list.")]


def page(one: Assembly, told: Chosen | None, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """For the village's pages."""
    ahead = _("One project is chosen there by show of hands. Who is not there has no hand to raise.")
    untold = _("What came of it is not told yet.")
    said = lines(told) if told else [untold if one.over(now) else ahead]
    return {"title": _("The village's assembly"), "when": when(one.starts_at, zone), "place": one.place, "lines": said}
