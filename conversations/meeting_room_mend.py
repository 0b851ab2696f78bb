"""What was written down wrongly is said anew or taken out: the record keeps that it was, and reads as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.meeting_room_page import ITEM, PEOPLE, SHORT
from conversations.questions.option import Option
from domain.meetings.entries import WORDS as LONGEST
from domain.meetings.entries import Entry, Verb
from locales import _
from storage import meeting_keeping

MOST = 20  # the newest
NONE = "none"
OF_ISSUE = (Verb.PRESENTED, Verb.HEARD, Verb.SPOKE, Verb.ASKED, Verb.VOTED, Verb.ANSWERED, Verb.PROMISED)


async def mend(chat: Chat, meeting_id: int, item: str) -> str:
    """Of an issue, or, where none is named, of those who are here."""
    back = f"{ITEM}:{item}" if item else PEOPLE
    where: dict[str, Any] = {"meeting_id": meeting_id, "item": item}
    entry_id = await chat.pick("which", _("Which one is wrong? The newest stands first."), partial(_entries, **where))
    if entry_id == NONE:
        return back
    words = await chat.look("words", partial(_words, **where, entry_id=entry_id))
    what = await chat.pick("how", _("It reads now:") + f"\n{words['shown']}", _ways(words["has_words"]))
    about: dict[str, Any] = {"meeting_id": meeting_id, "entry_id": entry_id, "by": chat.person.id, "now": chat.now()}
    if what == "anew":
        anew = await chat.text("anew", _("How should it read?"), longest=LONGEST)
        await chat.do("anew.kept", partial(meeting_keeping.correct, changes={"words": anew}, **about))
    elif what == "out":
        await chat.do("out", partial(meeting_keeping.take_out, **about))
    return back


def _ways(has_words: bool) -> list[Option]:
    anew = [Option("anew", _("Say it anew"))] if has_words else []
    return [*anew, Option("out", _("Take out")), Option("stay", _("Leave it as it is"))]


async def _entries(db: AsyncConnection, *, meeting_id: int, item: str) -> Sequence[Option]:
    found = await _of(db, meeting_id, item)
    return [*(Option(each.id, _shown(each)[: SHORT + 20]) for each in found), Option(NONE, _("None of these"))]


async def _words(db: AsyncConnection, *, meeting_id: int, item: str, entry_id: str) -> dict[str, Any]:
    found = next((each for each in await _of(db, meeting_id, item) if each.id == entry_id), None)
    return {"shown": _shown(found) if found else "", "has_words": found is not None and "words" in found.body}


async def _of(db: AsyncConnection, meeting_id: int, item: str) -> list[Entry]:
    stood = await meeting_keeping.standing(db, meeting_id=meeting_id)
    if not item:
        return [each for each in reversed(stood) if each.verb is Verb.ATTENDED]
    mine = [each for each in reversed(stood) if each.body.get("item") == item and each.verb in OF_ISSUE]
    return mine[:MOST]


def _shown(entry: Entry) -> str:
    names = {
        Verb.ATTENDED: "",
        Verb.PRESENTED: _("Who presents it"),
        Verb.HEARD: _("What was heard"),
        Verb.SPOKE: _("An opinion"),
        Verb.ASKED: _("A question"),
        Verb.VOTED: _("A vote"),
        Verb.ANSWERED: _("Answer of the municipality"),
        Verb.PROMISED: _("A promise"),
    }
    body = entry.body
    said = [names[entry.verb], body.get("name", ""), body.get("words", "") or body.get("about", "")]
    return ": ".join(each for each in said if each)
