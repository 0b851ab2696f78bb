"""The leader asks the group something, and looks at what was answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import group_words, place_choice, promise_page
from conversations.chat import Chat
from conversations.questions.option import Option
from domain.group_posts import FEWEST, LONGEST_OPTION, LONGEST_QUESTION, MOST, Kind
from domain.people import Action
from domain.refusal import Refused
from locales import _, ngettext
from storage import group_chats, group_posts
from storage.group_posts import Post

CLOSES = time(20)  # local: the group may still be told the result on that evening
LATEST = timedelta(days=30)
TRIES = 5  # to write the answers in a way that can be read


async def group_ask(chat: Chat) -> None:
    group_id = await place_choice.group(chat, Action.SPEAK_TO_GROUP)
    if group_id is None:
        return
    kinds = [
        Option(Kind.VOTE, _("A small vote")),
        Option(Kind.STREETS, _("Who takes which street, from door to door")),
    ]
    kind = Kind(await chat.pick("kind", _("What shall I ask?"), kinds))
    question = await _question(chat, kind)
    options = await _options(chat, kind)
    if options is None:
        chat.say(_("Let us try another time: /menu"))
        return
    tomorrow = chat.today() + timedelta(days=1)
    ask = _("Until which day may they answer?")
    day = await chat.date("until", ask, earliest=tomorrow, latest=tomorrow + LATEST, title=_("Until"))
    if not await chat.confirm("sure", _preview(question, options), yes=_("Yes, ask them"), no=_("No")):
        chat.say(_("I have asked nothing."))
        return
    closes_at = closing(date.fromisoformat(day), chat.zone)
    args = {"question": question, "options": options}
    put = partial(group_posts.ask, by=chat.person.id, group_id=group_id, kind=kind, args=args, closes_at=closes_at)
    post_id = await chat.do("ask", lambda db: put(db, now=chat.now()))
    await hand_over(chat, group_id, post_id)


def closing(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, CLOSES, zone).astimezone(UTC)


async def _question(chat: Chat, kind: Kind) -> str:
    if kind is Kind.STREETS:
        return _("Who takes which street?")
    return str(await chat.text("question", _("Write the question."), longest=LONGEST_QUESTION))


async def _options(chat: Chat, kind: Kind) -> list[str] | None:
    """Each on a line of its own; asked again, with the reason, when they cannot be read."""
    ask = (
        _("Write the streets or parts of the village, each on a line of its own.")
        if kind is Kind.STREETS
        else _("Write the answers to choose from, each on a line of its own.")
    )
    hint = _("From {least} to {most} lines, {longest} letters at most in each.")
    hint = hint.format(least=FEWEST, most=MOST, longest=LONGEST_OPTION)
    for attempt in range(1, TRIES + 1):
        part = chat.part(str(attempt))
        written = await part.text("options", ask, longest=MOST * LONGEST_OPTION * 2, hint=hint)
        options = [" ".join(line.split()) for line in written.splitlines() if line.strip()]
        problem = _problem(options)
        if problem is None:
            return options
        chat.say(problem)
    return None


def _problem(options: list[str]) -> str | None:
    if not FEWEST <= len(options) <= MOST:
        words = ngettext("I found {count} line there.", "I found {count} lines there.", len(options))
        return words.format(count=len(options))
    if len({option.casefold() for option in options}) < len(options):
        return _("Two of the answers are the same. Please make each one different.")
    if any(len(option) > LONGEST_OPTION for option in options):
        return _("One of the lines is too long for a button.")
    return None


def _preview(question: str, options: list[str]) -> str:
    return "\n".join([f"❓ {question}", *(f"• {option}" for option in options), "", _("Shall I ask this?")])


async def hand_over(chat: Chat, group_id: int, post_id: int) -> None:
    title = await chat.look("posted", partial(_title, group_id=group_id))
    if title is not None:
        chat.say(_("I ask it in the chat “{title}”; late in the evening I wait for the morning.").format(title=title))
        return
    text = await chat.look("text", partial(_text, chat=chat, post_id=post_id))
    chat.say(_("Forward this text to your group, as it is:"))
    chat.send(text, alone=True)


async def _title(db: AsyncConnection, *, group_id: int) -> str | None:
    found = await group_chats.of_group(db, group_id=group_id)
    return found.title if found is not None and found.speaks else None


async def _text(db: AsyncConnection, *, chat: Chat, post_id: int) -> str:
    post = await group_posts.find(db, post_id=post_id)
    if post is None:
        raise Refused("gone")
    return await group_words.forwardable(db, post=post, links=chat.links, zone=chat.zone)


async def group_asked(chat: Chat) -> None:
    """Who has answered and who has not; of a vote never what."""
    group_id = await place_choice.group(chat, Action.SPEAK_TO_GROUP)
    if group_id is None:
        return
    read = partial(group_posts.asked, by=chat.person.id, group_id=group_id)
    if not await chat.look("any", lambda db: _any(db, read)):
        chat.say(_("The group has not been asked anything yet."))
        return

    async def choices(db: AsyncConnection) -> list[Option]:
        return [Option(post.id, f"{'' if post.closed_at else '● '}{_short(post)}") for post in await read(db)]

    post_id = await chat.pick("post", _("Which question?"), choices)
    chat.say(await chat.look("answers", partial(_answers, chat=chat, post_id=int(post_id))))


async def _any(db: AsyncConnection, read: Any) -> bool:
    return bool(await read(db))


def _short(post: Post) -> str:
    names = {
        Kind.PROMISE: _("A promise to look at"),
        Kind.TRAINING: _("A training is near"),
        Kind.POLL: _("From door to door"),
    }
    return names.get(post.kind) or promise_page.short(group_words.question(post))


async def _answers(db: AsyncConnection, *, chat: Chat, post_id: int) -> str:
    post = await group_posts.find(db, post_id=post_id)
    if post is None:
        raise Refused("gone")
    told = await group_posts.answered(db, by=chat.person.id, post=post)
    standing = await group_posts.standing(db, post=post)
    parts = [await group_words.body(db, post=post, zone=chat.zone)]
    if post.closed_at or post.kind is not Kind.VOTE:
        parts.append(group_words.counted(post, standing))
    nameless = _("somebody without a name")
    if told.answered:
        said = [_said(post, name or nameless, value) for name, value in told.answered]
        parts.append(_("Have answered:") + "\n" + "\n".join(said))
    if told.silent:
        parts.append(_("Not yet:") + "\n" + "\n".join(f"– {name or nameless}" for name in told.silent))
    return "\n\n".join(filter(None, parts))


def _said(post: Post, name: str, value: str) -> str:
    return f"✓ {name}" if post.kind is Kind.VOTE else f"✓ {name}: {group_words.label(post, value)}"
