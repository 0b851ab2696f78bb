"""What came of a round table: told to everybody who lives there, and looked at by them whenever they like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.doors import Door
from conversations.person import Person
from conversations.questions.option import Option
from conversations.registry import Entry
from domain.meeting_summary import Issue
from locales import _, current
from publish import summary_words
from publish.day_words import day
from storage import meeting_summary, minutes_delivery, sent_files


def title() -> str:
    return _("🗣 What was answered to us")


async def meeting_told(chat: Chat) -> None:
    """`args`: meeting, and items: the numbers on the agenda of those behind which they stand."""
    told = await chat.look("told", partial(_told, chat=chat))
    if told is None:
        return
    chat.send(told["head"], photo=told["photo"])
    for words in told["mine"]:
        chat.say(words)
    end = _("Your group will look whether it is kept. You can see how it stands any time: /menu, “Promises”.")
    # Viber shows the buttons of the last message only: whoever has the minutes to confirm finds that button here too.
    received = [Door("minutes_received", _("✓ I have received the minutes"))] if told["waits"] else []
    chat.say(end, doors=(*received, Door("meeting_answers", _("All of it in words"))))


async def _told(db: AsyncConnection, *, chat: Chat) -> dict[str, Any] | None:
    """The whole is on the picture, so that only what is their own is read for each."""
    meeting_id, items = int(chat.args["meeting"]), list(chat.args["items"])
    head = await _head(db, meeting_id=meeting_id, chat=chat)
    found = await meeting_summary.read(db, meeting_id=meeting_id, items=items) if items else None
    if head is None:
        return None
    waits = bool(await minutes_delivery.waiting(db, person_id=chat.person.id))
    return {**head, "mine": _mine(found["issues"] if found else ()), "waits": waits}


def _mine(issues: Sequence[Issue]) -> list[str]:
    words = ["\n".join(summary_words.lines(each)) for each in issues]
    return [_("You stand behind this, and it was talked about:"), *words] if words else []


async def _head(db: AsyncConnection, *, meeting_id: int, chat: Chat) -> dict[str, Any] | None:
    """The picture with what is said below it; in Georgian for a language in which it was not made."""
    paper = await meeting_summary.paper(db, meeting_id=meeting_id)
    if paper is None:
        return None
    language = current() if current() in paper.title else "ka"
    named = await sent_files.named(db, media_ids=paper.files.values())
    photo = next((each for name, each in named.items() if name.endswith(f"-{language}.png")), None)
    link = chat.links.meeting_page(meeting_id)
    lines = [
        paper.title[language],
        _("This is what your villages asked, and what was answered."),
        _("To show others: {link}").format(link=link) if link else "",
    ]
    return {"head": "\n".join(filter(None, lines)), "photo": photo}


async def meeting_answers(chat: Chat) -> None:
    """Issue by issue, for whoever would rather read words than a picture."""
    held = await chat.look("held", partial(_held, chat=chat))
    if not held:
        return chat.say(_("There has been no round table of your village yet. I will write to you when there is."))
    options = [Option(meeting_id, label) for meeting_id, label in held]
    which = options[0].value if len(options) == 1 else await chat.pick("which", _("Which round table?"), options)
    head = await chat.look("head", partial(_head, meeting_id=int(which), chat=chat))
    if head is not None:
        chat.send(head["head"], photo=head["photo"])
    for words in await chat.look("words", partial(_words, meeting_id=int(which))):
        chat.say(words)


async def _held(db: AsyncConnection, *, chat: Chat) -> list[tuple[int, str]]:
    found = await meeting_summary.of_village(db, village_id=chat.person.village_id)
    return [(each.meeting_id, day(each.day)) for each in found]


async def _words(db: AsyncConnection, *, meeting_id: int) -> list[str]:
    told = await meeting_summary.read(db, meeting_id=meeting_id)
    if told is None:
        return []
    issues = ["\n".join(summary_words.lines(each)) for each in told["issues"]]
    return [summary_words.counted(told), *(f"{at}. {words}" for at, words in enumerate(issues, start=1))]


async def _offered(db: AsyncConnection, person: Person) -> bool:
    return await meeting_summary.any_of_village(db, village_id=person.village_id)


ENTRIES = (
    Entry("meeting_told", meeting_told, title, notice=True, reminder=True),
    Entry(
        "meeting_answers",
        meeting_answers,
        title,
        in_menu=True,
        offered=_offered,
        browsing=True,
        nudge_after=None,
        expires_after=timedelta(days=1),
    ),
)
