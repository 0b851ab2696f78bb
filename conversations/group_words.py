"""A question in a group's own chat as its people read it: the words, the buttons, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import promise_page, tap, training_words
from conversations.message import Button, Outgoing, Rows
from domain.group_posts import ASKED, GO, STAY, Kind
from domain.links import GROUP, Links
from domain.promises import Finding
from domain.trainings import Answer
from locales import _
from publish import day_words
from storage import group_posts, polls, training_reading
from storage.group_posts import Post, Standing

PRESSED = "post"  # what a button of a group's question says it is, in place of a question's key


async def message(db: AsyncConnection, *, post: Post, links: Links, zone: ZoneInfo) -> Outgoing:
    """Edited again and again as people answer; once it is closed, without buttons."""
    standing = await group_posts.standing(db, post=post)
    text = "\n\n".join([await body(db, post=post, zone=zone), *_foot(post, standing, zone)])
    return Outgoing(text, () if post.closed_at else _rows(post, links))


async def body(db: AsyncConnection, *, post: Post, zone: ZoneInfo) -> str:
    """What is asked, without how it stands."""
    match post.kind:
        case Kind.PROMISE:
            ask = _("Who goes and looks? If you have seen it already, press what you saw.")
            today = post.created_at.astimezone(zone).date()
            said = await promise_page.question(db, promise_id=post.args["promise"], ask=ask, today=today)
            return f"👀 {said}"
        case Kind.TRAINING:
            training = await training_reading.one(db, training_id=post.args["training"])
            return "\n\n".join([_("It is soon. Who is coming?"), training_words.card(training, zone)])
        case Kind.WORDS:
            return _(
                "📖 Neighbours' words wait for us. Until somebody of the group has read them, nobody else sees them."
            )
        case Kind.POLL:
            closes = (await polls.poll(db, poll_id=post.args["poll"], within=())).rules.closes
            words = _("🚪 A poll is open in our villages until {day}. Who goes to the neighbours who have no phone?")
            return words.format(day=day_words.day(closes))
        case _:
            return f"❓ {post.args['question']}"


def label(post: Post, value: str) -> str:
    if post.kind in ASKED:
        return str(post.args["options"][int(value)])
    return {
        (Kind.PROMISE, GO): _("🚶 I go and look"),
        (Kind.PROMISE, Finding.NOTHING_SEEN): _("Nothing to be seen yet"),
        (Kind.PROMISE, Finding.UNDER_WAY): _("Work is going on"),
        (Kind.PROMISE, Finding.DONE): _("It is done"),
        (Kind.PROMISE, Finding.DONE_BADLY): _("Done, but badly"),
        (Kind.TRAINING, Answer.COMING): _("I am coming"),
        (Kind.TRAINING, Answer.NOT_COMING): _("I cannot come"),
        (Kind.POLL, GO): _("🚶 I go from door to door"),
        (Kind.POLL, STAY): _("I cannot this time"),
    }[post.kind, value]


def payload(post: Post) -> str:
    """What a link to this question carries."""
    return f"{GROUP}{post.id}"


def _rows(post: Post, links: Links) -> Rows:
    rows: Rows = tuple(
        (Button(label(post, value), tap.data(tap.SYSTEM, PRESSED, f"{post.id}.{value}")),) for value in post.values
    )
    more, link = _in_private(post), links.telegram(payload(post))
    return (*rows, (Button(more, link, "url"),)) if more and link else rows


def _in_private(post: Post) -> str | None:
    """What takes more than one tap is told to the program alone."""
    return {
        Kind.PROMISE: _("Tell more, with a photo"),
        Kind.WORDS: _("Let us read"),
    }.get(post.kind)


def _foot(post: Post, standing: Standing, zone: ZoneInfo) -> Iterator[str]:
    """Numbers, never names. While a vote is open only how many have answered: nobody's answer leads another's."""
    if post.kind is Kind.WORDS:
        return
    if post.kind is not Kind.VOTE or post.closed_at:
        counts = counted(post, standing)
        if counts:
            yield counts
    yield _("{answered} of {members} have answered.").format(answered=standing.answered, members=standing.members)
    if post.closed_at:
        yield _("This question is closed.")
    elif post.kind in ASKED:
        yield _("You can answer, and change your answer, until {day}.").format(day=until(post, zone))


def counted(post: Post, standing: Standing) -> str:
    given = ((value, standing.counts.get(value, 0)) for value in post.values)
    everything = post.kind in ASKED and post.closed_at
    return "\n".join(f"{label(post, value)}: {count}" for value, count in given if count or everything)


def until(post: Post, zone: ZoneInfo) -> str:
    return day_words.day(post.closes_at.astimezone(zone).date())


async def result(db: AsyncConnection, *, post: Post) -> str:
    """Once it has closed: a message of its own, since nobody hears of an edit."""
    standing = await group_posts.standing(db, post=post)
    said = _("{answered} of {members} have answered.").format(answered=standing.answered, members=standing.members)
    return "\n\n".join(
        [_("📊 What came of it: {question}").format(question=question(post)), counted(post, standing), said]
    )


def question(post: Post) -> str:
    return str(post.args["question"])


async def forwardable(db: AsyncConnection, *, post: Post, links: Links, zone: ZoneInfo) -> str:
    """The whole question and the ways to answer it, for a chat that no bot can enter."""
    ways = "\n".join(links.all(payload(post))) or f"/start {payload(post)}"
    lines = [await body(db, post=post, zone=zone)]
    if post.kind in ASKED:
        lines.append(_("You can answer, and change your answer, until {day}.").format(day=until(post, zone)))
    return "\n\n".join([*lines, _("Press here; it takes a moment:") + "\n" + ways])
