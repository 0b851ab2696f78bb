"""Makes an invitation and hands it out: a link, and a QR picture ready to forward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.calendar import in_words
from conversations.role_words import title
from domain.links import INVITATION
from domain.people import Role
from locales import _
from storage import invitations


async def hand_out(chat: Chat, role: Role, *, group_id: int | None = None, municipality_id: int | None = None) -> None:
    async def make(db: AsyncConnection) -> dict[str, Any]:
        made = await invitations.make(
            db, by=chat.person.id, role=role, group_id=group_id, municipality_id=municipality_id, now=chat.now()
        )
        return {"payload": INVITATION + made.token, "until": made.expires_at.isoformat()}

    made = await chat.do("made", make)
    until = in_words(datetime.fromisoformat(made["until"]).astimezone(chat.zone).date())
    words = _("The invitation is ready. It is for one person, works once, and lasts until {day}.").format(day=until)
    chat.say(words)
    invited = _("You are invited ({role}). Press the link to begin:").format(role=title(role))
    await send_pictures(chat, [(made["payload"], invited)])


async def send_pictures(chat: Chat, handed: Sequence[tuple[str, str]]) -> None:
    """For each payload its words, its links, and a QR picture over them: messages to forward as they are."""
    links = [next(iter(chat.links.all(payload)), None) for payload, _words in handed]
    made = await chat.work("picture", "qr", {"links": links}) if all(links) else {}
    photos = made.get("photos") or [None] * len(handed)
    for (payload, words), photo in zip(handed, photos, strict=True):
        chat.send(f"{words}\n{_links(chat, payload)}", photo=photo)


def _links(chat: Chat, payload: str) -> str:
    """Every way there is; without any, what to type to the bot."""
    return "\n".join(chat.links.all(payload)) or f"/start {payload}"
