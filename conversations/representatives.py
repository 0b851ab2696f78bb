"""The page of whoever speaks for the community: what they learned, what the group did, what they carried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import training_words
from conversations.chat import Chat
from conversations.person import Person
from conversations.questions.calendar import in_words
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.mandate import Office
from domain.promises import Status
from locales import _, ngettext
from publish import need_words
from publish.promise_words import quoted
from storage import agreed, groups, heads, places, promises, representatives

KEPT = (Status.KEPT, Status.KEPT_LATE)


def title() -> str:
    return _("👥 Who speaks for us")


def office(value: str) -> str:
    return {
        Office.COUNCIL: _("member of the council"),
        Office.TRUSTEE: _("trustee"),
        Office.ADVISORS: _("council of civil advisors"),
        Office.GENDER_COUNCIL: _("gender equality council"),
    }[Office(value)]


async def representatives_(chat: Chat) -> None:
    found = await chat.look("found", partial(_found, chat=chat))
    if not found:
        return chat.say(_("Nobody has been elected in your community yet."))
    chosen = found[0]
    if len(found) > 1:
        chosen = await chat.pick("who", _("Whose page would you like to see?"), partial(_names, chat=chat))
    chat.say(await chat.look("page", partial(_page, chat=chat, number=int(chosen))))
    for words, photo in await chat.look("deeds", partial(_deeds, number=int(chosen))):
        chat.send(words, photo=photo)


async def _rows(db: AsyncConnection, person: Person) -> Sequence[Any]:
    village = await places.village(db, village_id=person.village_id) if person.village_id else None
    return [] if village is None else await representatives.of_community(db, community_id=village.community.id)


async def _found(db: AsyncConnection, *, chat: Chat) -> list[int]:
    return [row.id for row in await _rows(db, chat.person)]


async def _names(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    return [Option(row.id, row.name or "…") for row in await _rows(db, chat.person)]


async def _page(db: AsyncConnection, *, chat: Chat, number: int) -> str:
    row = await representatives.representative(db, candidate_id=number)
    if row is None:
        return _("Nobody has been elected in your community yet.")
    day = in_words(row.closed_at.astimezone(chat.zone).date())
    parts = [f"{row.name or '…'}\n" + _("Elected by the residents on {day}.").format(day=day)]
    if row.person_id is not None:
        parts += [await _gone_on(db, row), await _learned(db, chat, row)]
    parts += [await _carried(db, chat, row.group_id)]
    return "\n\n".join(part for part in parts if part)


async def _gone_on(db: AsyncConnection, row: Any) -> str:
    step = await representatives.stepped(db, person_id=row.person_id, group_id=row.group_id)
    if step is None:
        return ""
    words = _("In local self-government since {day}: {office}. Since then they do not speak for the group.")
    return words.format(day=in_words(step.since), office=office(step.office))


async def _learned(db: AsyncConnection, chat: Chat, row: Any) -> str:
    came = await representatives.learned(db, person_id=row.person_id, now=chat.now())
    lines = [
        f"• {training_words.kind(one.kind)}: {training_words.topic(one.topic, one.words)}"
        f" ({in_words(one.starts_at.astimezone(chat.zone).date())})"
        for one in came
    ]
    return "\n".join([_("Trainings:"), *lines]) if lines else ""


async def _carried(db: AsyncConnection, chat: Chat, group_id: int) -> str:
    """The needs of the agreed lists, and what has come of them."""
    lines, made, kept = [], 0, 0
    for village_id in await groups.villages_of(db, group_id=group_id):
        items = await agreed.latest(db, village_id=village_id)
        found = await heads.each(db, need_ids=items)
        lines += [_named(found[item]) for item in items if item in found and found[item].open]
        dossiers = await promises.of_village(db, village_id=village_id)
        made += len(dossiers)
        kept += sum(one.verdict(chat.today()).status in KEPT for one in dossiers)
    if not lines:
        return ""
    head = [_("What the group carries to the round table:"), *dict.fromkeys(lines)]
    came = ngettext("Came of it: {count} promise, {kept} kept.", "Came of it: {count} promises, {kept} kept.", made)
    return "\n".join([*head, came.format(count=made, kept=kept)] if made else head)


def _named(head: Any) -> str:
    kind = need_words.kind(head.kind)
    return f"• {kind} – {head.name}" if head.name else f"• {kind}"


async def _deeds(db: AsyncConnection, *, number: int) -> list[tuple[str, str | None]]:
    row = await representatives.representative(db, candidate_id=number)
    found = await representatives.deeds_of(db, group_id=row.group_id) if row is not None else []
    return [(_("With our own hands: {words}").format(words=quoted(one.words)), one.media_id) for one in found]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return bool(await _rows(db, person))


ENTRY = Entry(
    "representatives",
    representatives_,
    title,
    in_menu=True,
    offered=_offered,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=1),
)
