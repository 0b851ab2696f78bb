"""Tells that a picture or recording could not be opened; the answers around it are kept."""

from __future__ import annotations

from conversations.chat import Chat
from conversations.registry import Entry
from locales import _


async def file_failed(chat: Chat) -> None:
    chat.say(_("The file you sent could not be opened. Everything else you said is kept. You may send it once more."))


ENTRY = Entry("file_failed", file_failed, lambda: _("A file"))
