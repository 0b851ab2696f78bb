"""The documents of an application come back into the chat, each with the step that it was sent with."""

from __future__ import annotations

from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from publish import grant_words
from storage import grant_applications, grant_papers

SENT_AS = ("photo", "voice")  # anything else is a document


async def show(chat: Chat, application_id: int) -> None:
    for words, media_id, kind in await chat.look("papers", partial(_papers, application_id, chat)):
        chat.send(words, **{kind if kind in SENT_AS else "document": media_id})


async def _papers(application_id: int, chat: Chat, db: AsyncConnection) -> list[tuple[str, str, str]]:
    """Only for the group: asked again, since a role may have ended since the button was shown."""
    one = await grant_applications.read(db, application_id=application_id)
    await grant_applications.require(db, person_id=chat.person.id, group_id=one.group_id)
    found = await grant_papers.of(db, application_id=application_id)
    return [(grant_words.step(each.step), each.media_id, each.kind) for each in found]
