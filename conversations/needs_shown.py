"""The needs of a choosing as they are chosen from: in this person's own order, with pictures and spoken titles."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from domain.choosing import MOST
from locales import _
from publish import need_words
from storage import choosings
from storage.choosings import Shown

LONGEST = 45  # letters on a button
AT_ONCE = 5  # pictures
PAGES = 20
AT_LENGTH = 14  # a message has 4096 letters at most


async def pick_needs(chat: Chat, choosing_id: int, ask: str) -> list[int]:
    """Up to five of them, in the order in which they were pressed. Who likes sees and hears them first."""
    order = await chat.look("order", partial(choosings.in_chance_order, choosing_id=choosing_id))
    await _show(chat, choosing_id, order)
    return [
        int(each)
        for each in await chat.pick_many(
            "picks",
            partial(_question, choosing_id=choosing_id, order=order, ask=ask),
            partial(options, choosing_id=choosing_id, order=order),
            at_most=MOST,
        )
    ]


async def _question(db: AsyncConnection, *, choosing_id: int, order: Sequence[int], ask: str) -> str:
    """With the whole words of those that do not fit on their buttons."""
    cut = [need for need in await _in_order(db, choosing_id, order) if label(need).endswith("…")][:AT_LENGTH]
    if not cut:
        return ask
    return "\n".join([ask, "", *(f"• {whole(need)}" for need in cut)])


async def options(db: AsyncConnection, *, choosing_id: int, order: Sequence[int]) -> Sequence[Option]:
    found = await _in_order(db, choosing_id, order)
    return [Option(need.id, label(need), (need.name or "", need_words.kind(need.kind))) for need in found]


async def _in_order(db: AsyncConnection, choosing_id: int, order: Sequence[int]) -> list[Shown]:
    found = {need.id: need for need in await choosings.shown(db, choosing_id=choosing_id)}
    return [found[need_id] for need_id in order if need_id in found]


def label(need: Shown) -> str:
    """Its sign and its words; without words, its kind."""
    said = f"{need_words.sign(need.kind)} {need.name}" if need.name else need_words.kind(need.kind)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def whole(need: Shown) -> str:
    return called(need.kind, need.name)


def called(kind: str, name: str | None) -> str:
    """As others may know it."""
    return f"{need_words.kind(kind)} – {name}" if name else need_words.kind(kind)


async def _show(chat: Chat, choosing_id: int, order: Sequence[int]) -> None:
    pictured = await chat.look("pictured", partial(_pictured, choosing_id=choosing_id, order=order))
    if not pictured:
        return
    see = [Option("see", _("🖼️ See and hear them first")), Option("now", _("Choose now"))]
    wish = await chat.pick("see", _("Some of these needs have a picture, or somebody tells them aloud."), see)
    pages = [pictured[at : at + AT_ONCE] for at in range(0, len(pictured), AT_ONCE)]
    for number, page in enumerate(pages[:PAGES], start=1):
        if wish == "now":
            return
        for need in page:
            _send(chat, need)
        if number < len(pages):
            more = [Option("see", _("Go on")), Option("now", _("Choose now"))]
            wish = await chat.part(str(number)).pick("more", _("There are more of them."), more)


async def _pictured(db: AsyncConnection, *, choosing_id: int, order: Sequence[int]) -> list[dict[str, Any]]:
    found = await _in_order(db, choosing_id, order)
    return [
        {"kind": need.kind, "name": need.name, "photo": need.photo, "voice": need.voice}
        for need in found
        if need.photo or need.voice
    ]


def _send(chat: Chat, need: dict[str, Any]) -> None:
    words = called(need["kind"], need["name"])
    if need["photo"]:
        chat.send(words, photo=need["photo"])
    if need["voice"]:
        chat.send(words, voice=need["voice"])
