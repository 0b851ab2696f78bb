"""What the program writes in a group's own chat, in the turn of the chat itself: questions, how they stand, results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from conversations import group_words
from conversations.contact import Contact
from conversations.group_still import still
from conversations.herald import Postponed
from conversations.message import Outgoing
from conversations.world import World
from domain import reminders
from domain.group_posts import ASKED
from locales import _, use
from storage import group_chats, group_posts
from storage.group_chats import GroupChat
from storage.group_posts import Post


@dataclass(slots=True)
class GroupHerald:
    """`contact` is the chat, which is numbered, paced and written to as a person is."""

    contact: Contact
    world: World

    async def announce(self, what: dict[str, Any]) -> None:
        """Raises Postponed at night, and when the group had its one reminder of the day."""
        with use(self.contact.person.speaks):
            chat = await group_chats.of_chat(await self.world.open(), chat_id=self.contact.person.id)
            if chat is None:
                return  # it is no group's chat any more
            [(name, number)] = what.items()
            match name:
                case "bound":
                    self._introduce(chat)
                case "show":
                    await self._show_again(chat)
                case _:
                    await self._about(chat, name, int(number))

    async def _about(self, chat: GroupChat, name: str, post_id: int) -> None:
        post = await group_posts.find(await self.world.open(), post_id=post_id)
        if post is None or post.group_id != chat.group_id:
            return
        match name:
            case "post" if post.chat_id is None:
                await self._ask(chat, post)
            case "draw" if post.chat_id == chat.chat_id:
                await self._draw(chat, post)
            case "result":
                self._wait_for_morning(None)
                self._say(chat, Outgoing(await group_words.result(await self.world.open(), post=post)))

    def _introduce(self, chat: GroupChat) -> None:
        words = _(
            "Hello! From now on I remind your group “{group}” here, and ask small questions: pressing a button is all "
            "it takes. What you talk about among yourselves I do not keep."
        )
        self._say(chat, Outgoing(words.format(group=chat.group)))

    async def _ask(self, chat: GroupChat, post: Post) -> None:
        db = await self.world.open()
        if not await still(db, post=post, now=self.world.now, zone=self.world.zone):
            return await group_posts.drop(db, post_id=post.id, now=self.world.now)
        reminder = post.kind not in ASKED
        self._wait_for_morning(self.contact.reminded_at if reminder else None)
        await self._post(chat, post)
        if reminder:
            self.contact.reminded_at = self.world.now
            self.contact.change(reminded_at=self.world.now)

    async def _post(self, chat: GroupChat, post: Post) -> None:
        db = await self.world.open()
        seq = self._say(chat, await self._message(post))
        await group_posts.shown(db, post_id=post.id, chat_id=self.contact.person.id, seq=seq)

    async def _draw(self, chat: GroupChat, post: Post) -> None:
        message = await self._message(post)
        message.edits = post.seq
        self._say(chat, message)

    async def _show_again(self, chat: GroupChat) -> None:
        """The chat has another number, or we are back in it: what is open there is asked in a new message."""
        self._wait_for_morning(None)
        db = await self.world.open()
        for post in await group_posts.open_in(db, group_id=chat.group_id, now=self.world.now):
            if post.chat_id is not None or post.kind in ASKED:
                await self._post(chat, post)

    async def _message(self, post: Post) -> Outgoing:
        return await group_words.message(
            await self.world.open(), post=post, links=self.world.links, zone=self.world.zone
        )

    def _say(self, chat: GroupChat, message: Outgoing) -> int:
        message.thread = chat.thread
        return self.contact.send(message)

    def _wait_for_morning(self, last: datetime | None) -> None:
        until = reminders.next_allowed(self.world.now, last, self.world.zone)
        if until > self.world.now:
            raise Postponed(until)
