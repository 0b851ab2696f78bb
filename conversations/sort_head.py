"""One need of the desk, opened: join, split, name, kind, level, private, out of scope, take one out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations import scope_reasons, sorting_words
from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry
from conversations.sort_next import because, others
from conversations.sorting_desk import place, wire
from domain.people import Action
from domain.sorting import Level, Standing
from locales import _
from publish import need_words
from storage import desk_heads, sorting
from storage.desk_heads import Card
from storage.sorting import By

LONGEST = 200  # letters of a name
OWN_WORDS = "words"


async def sort_list(chat: Chat) -> None:
    """The needs of the village as they are sorted now; one of them is opened."""
    here = place(chat.args)
    ask = _("These are the needs of your village as they are sorted now. Press one to change it.")
    chosen = await chat.pick("head", ask, partial(_list, **here))
    if chosen == BACK:
        return chat.go_on("sorting_desk", **wire(here))
    chat.go_on("sort_head", **wire(here), head=int(chosen))


async def _list(db: AsyncConnection, *, poll_id: int, village_id: int) -> Sequence[Option]:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    ordered = sorted(cards, key=lambda card: (not card.head.open, -len(card.head.supporters) // 5, card.head.id))
    options = [Option(card.head.id, sorting_words.label(card), card.told) for card in ordered]
    return [*options, Option(BACK, _("Back to the desk"))]


async def sort_head(chat: Chat) -> None:
    here, head = place(chat.args), int(chat.args["head"])
    seen = await chat.look("seen", partial(_seen, **here))
    if not any(number == head for number, _version in seen):
        chat.say(_("Somebody else has sorted this one just now."))
        return chat.go_on("sort_list", **wire(here))
    find = partial(_card, head=head, **here)
    wish = await chat.pick("wish", partial(_shown, find), partial(_wishes, find))
    if wish in CHANGES:
        await CHANGES[wish](chat, head, dict(seen), here)
        return chat.go_on("sort_head", **wire(here), head=head)
    chat.go_on("sort_list", **wire(here))


async def _seen(db: AsyncConnection, *, poll_id: int, village_id: int) -> list[list[int]]:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    return [[card.head.id, card.head.version] for card in cards]


async def _card(db: AsyncConnection, *, head: int, poll_id: int, village_id: int) -> Card | None:
    cards = await desk_heads.cards(db, poll_id=poll_id, village_id=village_id)
    return next((card for card in cards if card.head.id == head), None)


Find = Callable[[AsyncConnection], Awaitable[Card | None]]


async def _shown(find: Find, db: AsyncConnection) -> str:
    card = await find(db)
    return sorting_words.shown(card) if card else _("Somebody else has sorted this one just now.")


async def _wishes(find: Find, db: AsyncConnection) -> Sequence[Option]:
    card = await find(db)
    if card is None:
        return [Option(BACK, _("Back to the list"))]
    opened = card.head.open
    return [
        Option("join", _("🔗 Join another one to it")),
        Option("split", _("✂️ It holds two things: split it")),
        *([Option("out", _("↗️ Take one out of it"))] if card.many else []),
        Option("name", _("✏️ Words for everybody")),
        Option("kind", _("🏷️ Another kind")),
        Option("level", _("🏛️ Who can do it")),
        *([Option("private", _("🤫 It names somebody: private")), Option("scope", _("✖️ Not for the list"))] * opened),
        *([] if opened else [Option("open", _("Put it back on the desk"))]),
        Option(BACK, _("Back to the list")),
    ]


async def _join(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    ask = _("Which ones are the same need? Press each, then Done.")
    chosen = await chat.pick_many("others", ask, partial(others, head=head, **here))
    by = await because(chat)
    numbers = [int(each) for each in chosen]
    await chat.do("join", partial(sorting.merge, into=head, others=numbers, seen=seen, by=by))
    chat.say(_("They are one need now. Whoever stood behind either stands behind it, once."))


async def _split(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    part = await _part(chat, head, here, _("Which of these words hold two things?"), whole=True)
    name = await chat.text(
        "name", _("How shall the second one read? The first keeps its words; nobody may be named."), longest=LONGEST
    )
    kind = await chat.pick("kind", _("Of which kind is it?"), _kinds())
    by = By(chat.person.id, chat.now())
    await chat.do("split", partial(sorting.split, head=head, part=part, name=name, kind=str(kind), seen=seen, by=by))
    chat.say(_("They are two needs now. Whoever stood behind it stands behind both."))


async def _take_out(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    part = await _part(chat, head, here, _("Which one shall stand by itself again?"), whole=False)
    by = By(chat.person.id, chat.now())
    await chat.do("out", partial(sorting.take_out, head=head, part=part, seen=seen, by=by))
    chat.say(_("It stands by itself again, with everybody who stood behind it."))


async def _part(chat: Chat, head: int, here: dict[str, Any], ask: str, *, whole: bool) -> int:
    """One of the needs that were joined; asked only where there are several."""
    many = await chat.look("parts", partial(_numbers, head=head, **here))
    left = [number for number in many if whole or number != head]
    if len(left) < 2:
        return left[0] if left else head
    return int(await chat.pick("part", ask, partial(_parts, numbers=left, **here)))


async def _numbers(db: AsyncConnection, *, head: int, poll_id: int, village_id: int) -> list[int]:
    card = await _card(db, head=head, poll_id=poll_id, village_id=village_id)
    return list(card.head.needs) if card else []


async def _parts(db: AsyncConnection, *, numbers: list[int], poll_id: int, village_id: int) -> Sequence[Option]:
    names = sorting_words.names(await desk_heads.names(db, poll_id=poll_id, village_id=village_id))
    return [Option(number, sorting_words.named(names, number)) for number in numbers]


async def _name(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    ask = _("How shall everybody read it? Short, and so that nobody is named or blamed in it.")
    name = await chat.text("name", ask, longest=LONGEST)
    by = By(chat.person.id, chat.now())
    await chat.do("rename", partial(sorting.rename, head=head, name=name, seen=seen, by=by))
    chat.say(_("Everybody reads it like this now."))


async def _kind(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    kind = str(await chat.pick("kind", _("Of which kind is it?"), _kinds()))
    by = By(chat.person.id, chat.now())
    await chat.do("rename", partial(sorting.rename, head=head, kind=kind, seen=seen, by=by))


def _kinds() -> list[Option]:
    return [Option(kind.value, words) for kind, words in need_words.kinds().items()]


async def _level(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    options = [Option(level.value, words) for level, words in sorting_words.levels().items()]
    level = Level(await chat.pick("level", _("Who can do something about it?"), options))
    by = By(chat.person.id, chat.now())
    await chat.do("rename", partial(sorting.rename, head=head, level=level, seen=seen, by=by))


async def _private(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    await _stand(chat, head, seen, Standing.PRIVATE)
    chat.say(_("It stays with the desk. Nobody else will read it, and it goes on no list."))


async def _scope(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    options = [Option(key, words) for key, words in scope_reasons.reasons().items()]
    ask = _("Why not? Whoever told it hears the reason, once and kindly.")
    reason = str(await chat.pick("reason", ask, [*options, Option(OWN_WORDS, _("In my own words"))]))
    if reason == OWN_WORDS:
        reason = await chat.text("words", _("Write it as you would say it to a neighbour."), longest=LONGEST)
    await _stand(chat, head, seen, Standing.OUT_OF_SCOPE, reason)
    chat.say(_("It is off the list, and whoever told it hears why. You can put it back at any time."))


async def _open(chat: Chat, head: int, seen: dict[int, int], here: dict[str, Any]) -> None:
    await _stand(chat, head, seen, Standing.OPEN)
    chat.say(_("It is back on the desk."))


async def _stand(chat: Chat, head: int, seen: dict[int, int], standing: Standing, reason: str | None = None) -> None:
    by = By(chat.person.id, chat.now())
    act = partial(sorting.set_standing, head=head, standing=standing, reason=reason, seen=seen, by=by)
    await chat.do("stand", act)


BACK = "back"
Change = Callable[[Chat, int, dict[int, int], dict[str, Any]], Awaitable[None]]
CHANGES: dict[str, Change] = {
    "join": _join,
    "split": _split,
    "out": _take_out,
    "name": _name,
    "kind": _kind,
    "level": _level,
    "private": _private,
    "scope": _scope,
    "open": _open,
}

ENTRIES = (
    Entry(
        "sort_list", sort_list, lambda: _("📋 The needs as they are sorted"), action=Action.SORT_NEEDS, nudge_after=None
    ),
    Entry("sort_head", sort_head, lambda: _("📋 A need on the desk"), action=Action.SORT_NEEDS, nudge_after=None),
)
