"""A short conversation, begun by a link or without one."""

from __future__ import annotations

from conversations.chat import Chat
from conversations.questions.option import Option

KINDS = [Option("roads", "Roads"), Option("water", "Water & pipes"), Option("light", "Lighting")]


async def small_talk(chat: Chat) -> None:
    chat.say(f"Welcome! {chat.args.get('link', '')}".strip())
    kind = await chat.pick("kind", "What kind is it?", KINDS)
    where = await chat.location("where", "Where is it?", optional=True)
    words = await chat.text("words", "In your words?")
    chat.say(f"Thank you: {kind}, {where}, {words}.")
