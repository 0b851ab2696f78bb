"""What changed this week in the villages and municipalities that somebody follows, each promise with its address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import board_follow
from conversations.chat import Chat
from conversations.person import Person
from conversations.promise_page import short
from conversations.questions.option import Option
from conversations.registry import Entry
from locales import _, current
from publish import promise_words
from publish.promise_words import quoted
from storage import board, place_follows
from storage.place_follows import Followed
from storage.promises import Dossier

MOST = 5  # promises of a place: the page has the others
READ = "read"


async def board_news(chat: Chat) -> None:
    if not await chat.look("wanted", lambda db: _still(db, chat.person, chat.args, chat.now())):
        return
    wish = await chat.pick("then", partial(_page, chat=chat), partial(_answers, chat=chat))
    if wish != READ:
        await board_follow.end(chat, int(str(wish)[len(board_follow.END) :]))


async def _followed(db: AsyncConnection, person: Person, args: dict[str, Any]) -> list[Followed]:
    """Of what is told now; some may have been ended since."""
    return [one for one in await place_follows.of_person(db, person_id=person.id) if str(one.id) in args["since"]]


async def _page(db: AsyncConnection, *, chat: Chat) -> str:
    parts = [_("What changed with the promises:")]
    for one in await _followed(db, chat.person, chat.args):
        since, until = (datetime.fromisoformat(each) for each in (chat.args["since"][str(one.id)], chat.args["until"]))
        found = await board.changed(db, here=one.here, most=MOST + 1, since=since, until=until)
        if found:
            parts += [f"📍 {one.place.named(current())}", *(_line(each, chat) for each in found[:MOST])]
            parts += [_more(one, chat, more=len(found) > MOST)]
    return "\n\n".join(filter(None, parts))


def _line(one: Dossier, chat: Chat) -> str:
    verdict = one.verdict(chat.today())
    said = f"{promise_words.SIGNS[verdict.status]} {quoted(short(one.new.words))}\n{promise_words.stands(verdict)}"
    link = chat.links.board(f"promise/{one.id}")
    return f"{said}\n{link}" if link else said


def _more(one: Followed, chat: Chat, *, more: bool) -> str:
    """The way to all of it."""
    link = chat.links.board(f"{one.kind}/{one.place.code}")
    if link is None:
        return _("There is more in the /menu, “Promises”.") if more else ""
    return _("All of it: {link}").format(link=link)


async def _answers(db: AsyncConnection, *, chat: Chat) -> Sequence[Option]:
    ends = board_follow.ends(await _followed(db, chat.person, chat.args))
    return [Option(READ, _("Thank you, I have read it")), *ends]


async def _still(db: AsyncConnection, person: Person, args: dict[str, Any], now: datetime) -> bool:
    return bool(await _followed(db, person, args))


ENTRY = Entry(
    "board_news",
    board_news,
    lambda: _("What changed with the promises"),
    reminder=True,
    browsing=True,
    nudge_after=None,
    expires_after=timedelta(days=6),
    still=_still,
)
