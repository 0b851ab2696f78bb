"""What a member sees before each door: how far the round is, what to say, and what may come of it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.place_names import named
from conversations.questions.option import Option
from domain.rounds import Outcome, homes
from locales import _, ngettext
from publish import need_words
from storage import needs, places, rounds


async def stands(db: AsyncConnection, *, round_: dict[str, Any], now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """How far the round is, the last door, and what the last neighbour told of themselves."""
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    progress = await rounds.progress(db, round_id=round_["round"], since=midnight)
    last = await rounds.last(db, round_id=round_["round"])
    told = await rounds.last_told(db, round_id=round_["round"])
    population = await places.population(db, village_id=round_["village"])
    return {
        "today": progress.today,
        "all": progress.all,
        "homes": homes(population),
        "last": None if last is None else await _door(db, last),
        "told": {"sex": told.sex, "age": told.age_band} if told is not None and (told.sex or told.age_band) else None,
    }


async def _door(db: AsyncConnection, last: Any) -> dict[str, Any]:
    told = [] if last.answer_id is None else await needs.told_in(db, answer_id=last.answer_id)
    return {"number": last.number, "outcome": last.outcome, "kinds": [row.kind for row in told]}


def ask(round_: dict[str, Any], stands: dict[str, Any]) -> str:
    """The yes is asked at every door, aloud; it is never carried over."""
    aloud = _(
        "Please tell your neighbour: the group collects what the village needs, to take it to the municipality. "
        "No name is written down, and only numbers are shown.\n\nAre they 16 or older, and do they agree?"
    )
    note = _("You stopped at: {note}").format(note=round_["note"]) if round_["note"] else ""
    return "\n\n".join(part for part in (_far(round_, stands), note, aloud) if part)


def _far(round_: dict[str, Any], stands: dict[str, Any]) -> str:
    number = _("{village}: house {today} today, {all} in this round.").format(
        village=named(round_), today=stands["today"] + 1, all=stands["all"] + 1
    )
    about = _("The village has about {homes} homes.").format(homes=stands["homes"]) if stands["homes"] else ""
    return f"{number} {about}".strip()


def wishes(stands: dict[str, Any]) -> list[Option]:
    doors = [
        Option("yes", _("Yes, they agree")),
        Option("no", _("No, they do not want to")),
        Option("nobody", _("Nobody at home")),
    ]
    if stands["last"] is not None:
        doors.append(Option("undo", _("Take the last house back")))
    return [*doors, Option("pause", _("A rest: go on later")), Option("end", _("The round is done"))]


def taking_back(last: dict[str, Any]) -> str:
    what = {
        Outcome.NOBODY: _("nobody at home"),
        Outcome.DECLINED: _("did not want to"),
    }.get(last["outcome"], ", ".join(map(need_words.kind, last["kinds"])))
    return _("The last house: {what}. Shall I take it back?").format(what=what)


def ended(stands: dict[str, Any]) -> str:
    count: int = stands["all"]
    houses = ngettext("You were at {count} house.", "You were at {count} houses.", count).format(count=count)
    return f"{houses} " + _("Thank you for walking from door to door!")
