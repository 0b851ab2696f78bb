"""The roads that needs take, in words."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import dialogue_words as words
from domain.dialogue import Party
from domain.roads import Road
from locales import _
from publish.promise_words import quoted
from storage import agreed
from storage.dialogues import Dialogue


def roads() -> dict[Road, str]:
    return {
        Road.ROUND_TABLE: _("🏛 Round table: the municipality's budget"),
        Road.OURSELVES: _("🤲 We do it ourselves"),
        Road.VILLAGE_PROGRAMME: _("🏘 The village support programme"),
        Road.HIGHER: _("⛰ The region or the state"),
    }


def road(value: str | None) -> str:
    return roads()[Road(value)] if value else _("not decided yet")


async def placed(db: AsyncConnection, kept: Dialogue, person_id: int) -> str | None:
    """The priority issues first; then what stays in its place, with the reason. Their own is marked."""
    if kept.talk.placed is None:
        return None
    found: dict[str, str | None] = kept.talk.placed.body["roads"]
    called = await words.names(db, kept)
    where = {"poll_id": kept.poll_id, "village_id": kept.village_id}
    mine = {item for _place, item in await agreed.supported(db, **where, person_id=person_id)}
    lines = {
        item: f"{place}. {called[item]}{f' {words.MARK}' if item in mine else ''}"
        for place, item in enumerate(kept.talk.items, start=1)
    }
    table = [lines[item] for item in lines if found[str(item)] == Road.ROUND_TABLE]
    others = [_other(kept, item, line, found[str(item)]) for item, line in lines.items() if line not in table]
    head = _("{village}: which way each need goes").format(village=await words.village(db, kept))
    first = _("Priority issues: the group prepares these for the round table.")
    then = _("These keep their place on the list and go another way:")
    parts = [head, "\n".join([first, *table]) if table else "", "\n".join([then, *others]) if others else ""]
    if mine:
        parts.append(_("{mark} marks what you stand behind.").format(mark=words.MARK))
    return "\n\n".join(part for part in parts if part)


def _other(kept: Dialogue, item: int, line: str, value: str | None) -> str:
    """The reason is the group's, or that of who else chose this road."""
    parties = sorted(kept.talk.roads, key=list(Party).index)
    chose = [kept.talk.roads[party] for party in parties if kept.talk.roads[party].body["roads"][str(item)] == value]
    why = next((event.body["reasons"][str(item)] for event in chose if str(item) in event.body["reasons"]), None)
    said = f"{line} → {road(value)}"
    return _("{said}. Why: {words}").format(said=said, words=quoted(why)) if why else said
