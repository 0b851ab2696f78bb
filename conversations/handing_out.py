"""Makes an invitation and hands it out: a link, and a QR picture ready to forward."""

from __future__ import annotations

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
    links = links_of(chat, made["payload"])
    words = _("The invitation is ready. It is for one person, works once, and lasts until {day}.").format(day=until)
    chat.say(f"{words}\n\n{links}")
    await send_picture(
        chat, made["payload"], _("You are invited ({role}). Press the link to begin:").format(role=title(role))
    )


def links_of(chat: Chat, payload: str) -> str:
    """Every way there is; without any, what to type to the bot."""
    return "\n".join(chat.links.all(payload)) or f"/start {payload}"


async def send_picture(chat: Chat, payload: str, words: str) -> None:
    """The QR picture over words and links, one message to forward as it is."""
    text = f"{words}\n{links_of(chat, payload)}"
    first = next(iter(chat.links.all(payload)), None)
    if first is None:
        return
    made = await chat.work("picture", "qr", {"link": first})
    if made.get("photo"):
        chat.send(text, photo=made["photo"])
    else:
        chat.say(text)
