"""Where somebody lives: municipality, community, village; a level with only one choice is not asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.place_options import communities, municipalities, villages
from conversations.questions.option import Option
from locales import _

UNLISTED = "unlisted"
Choices = Callable[[AsyncConnection], Awaitable[Sequence[Option]]]


async def home(chat: Chat) -> tuple[int | None, str | None]:
    """The village, or a note of what they wrote when it is not listed."""
    municipality = await _level(chat, "municipality", municipalities, _("Which municipality do you live in?"))
    community = municipality and await _level(chat, "community", communities(municipality), _("Which community?"))
    village = community and await _level(chat, "village", villages(community), _("Which village do you live in?"))
    return (village, None) if village else (None, await _unlisted(chat))


async def _level(chat: Chat, name: str, choices: Choices, ask: str) -> int | None:
    part = chat.part(name)
    only = await part.look("only", partial(_only, choices))
    if only is not None:
        return int(only)
    answer = await part.pick("one", ask, partial(_with_unlisted, choices))
    return None if answer == UNLISTED else int(answer)


async def _only(choices: Choices, db: AsyncConnection) -> Any:
    options = await choices(db)
    return options[0].value if len(options) == 1 else None


async def _with_unlisted(choices: Choices, db: AsyncConnection) -> Sequence[Option]:
    return [*await choices(db), Option(UNLISTED, _("My village is not listed"))]


async def _unlisted(chat: Chat) -> str | None:
    note: str | None = await chat.text(
        "note",
        _("Please write the name of your village and its municipality, and I pass it on to a coordinator."),
        longest=200,
        optional=True,
    )
    return note
