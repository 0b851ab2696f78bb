"""What is heard in a group chat: somebody pressed a button, typed a command for us, or the chat itself has news.

A group chat has no conversations. A tap is the one-tap answer of who pressed; all that takes longer is private.
"""

from __future__ import annotations

from dataclasses import dataclass

from conversations import group_words, refusals, tap
from conversations.contact import Contact
from conversations.message import Button, Incoming, InGroup, Outgoing
from conversations.world import World
from domain.people import Action
from domain.refusal import Refused
from locales import _, use
from storage import group_chats, group_posts, telling
from storage.group_posts import Post


@dataclass(slots=True)
class GroupReception:
    """`contact` is who pressed; for all else it is the chat."""

    contact: Contact
    world: World

    async def receive(self, message: Incoming, group: InGroup) -> None:
        person = self.contact.person
        person.phone_language = message.language or person.phone_language
        with use(person.speaks):
            if message.callback is not None:
                await self._pressed(message.callback, message)
            elif group.was or group.becomes:
                await self._moved(group)
            elif message.left is not None:
                await self._here_or_gone(message.left, group)
            elif message.text is not None:
                await self._command(message.text, group)

    # taps

    async def _pressed(self, callback: str, message: Incoming) -> None:
        if message.odd is not None:
            return self.contact.acknowledge(callback, _("Press as yourself, please, not in the chat's name."))
        found = await self._post(tap.read(message.tap or ""))
        if found is None:
            return self.contact.acknowledge(callback, _("That button belongs to an earlier question."))
        post, value = found
        if self.contact.person.welcomed:
            return self.contact.acknowledge(callback, await self._answer(post, value, callback))
        link = self.world.links.telegram(group_words.payload(post))
        self.contact.acknowledge(callback, None if link else _("Write to me first, in private: /start"), link)

    async def _post(self, pressed: tap.Tap | None) -> tuple[Post, str] | None:
        if pressed is None or (pressed.run, pressed.key) != (tap.SYSTEM, group_words.PRESSED):
            return None
        number, _dot, value = pressed.value.partition(".")
        post_id = tap.number(number)
        post = await group_posts.find(await self.world.open(), post_id=post_id) if post_id else None
        return None if post is None else (post, value)

    async def _answer(self, post: Post, value: str, callback: str) -> str:
        """What who pressed reads for a moment; nobody else sees it."""
        db, now = await self.world.open(), self.world.now
        try:
            before = await group_posts.answer(
                db, post=post, person_id=self.contact.person.id, value=value, now=now, tapped=callback
            )
        except Refused as refusal:
            if refusal.facts.get("action") is Action.ANSWER_GROUP:
                return _("This is for the members of “{group}”.").format(group=post.group)
            return refusals.words(refusal)
        if before == value:
            return _("That is noted already ✓")
        return _("Noted: {answer} ✓").format(answer=group_words.label(post, value))

    # the chat's own news

    async def _moved(self, group: InGroup) -> None:
        was, becomes = group.was or group.chat, group.becomes or group.chat
        db = await self.world.open()
        await group_chats.move(db, channel=self.world.channel, was=was, becomes=becomes, now=self.world.now)

    async def _here_or_gone(self, left: bool, group: InGroup) -> None:
        db, chat_id = await self.world.open(), self.contact.person.id
        if left:
            return await group_chats.lost(db, chat_id=chat_id, now=self.world.now)
        chat = await group_chats.of_chat(db, chat_id=chat_id)
        if chat is None:
            return self._say(_("Hello! Which group's chat is this? Its leader finds a code in my private chat."), group)
        await group_chats.rename(db, chat_id=chat_id, title=group.title)
        if chat.lost:
            thing = f"back:{chat_id}:{self.contact.next()}"
            await telling.to_chat(db, chat_id=chat_id, thing=thing, what={"show": "back"}, now=self.world.now)

    async def _command(self, text: str, group: InGroup) -> None:
        """Only what is meant for us: other bots may live here as well."""
        command, _space, code = text.partition(" ")
        ours = (self.world.links.telegram_username or "").casefold()
        if group.mention is not None and ours and group.mention.casefold() != ours:
            return
        if code and command in ("/group", "/start"):
            await self._code(code, group)
        elif command == "/group":
            self._say(_("Please write the code behind it, like this: /group 1234567890"), group)
        elif group.mention is not None:
            self._say(_("Here I only ask your group and count its answers. For all else I am here:"), group)

    async def _code(self, code: str, group: InGroup) -> None:
        db, chat_id = await self.world.open(), self.contact.person.id
        try:
            offer = await group_chats.typed(
                db, chat_id=chat_id, code=code, title=group.title, thread=group.thread, now=self.world.now
            )
        except Refused as refusal:
            return self._say(refusals.words(refusal), group)
        if offer is None:
            return self._say(_("I do not know this code. It holds for a day and works once."), group)
        self._say(_("Thank you. I ask who made the code, in private, whether this is the right chat."), group)

    def _say(self, text: str, group: InGroup) -> None:
        link = self.world.links.telegram("")
        rows = ((Button(_("Write to me in private"), link, "url"),),) if link else ()
        self.contact.send(Outgoing(text, rows, thread=group.thread))
