"""The Telegram channel: sends, edits and closes messages, answers taps, fetches files."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any, Protocol

import locales
from bot.channels.port import Ack, Again, Envelope, Gone, Moved, Outcome, Partly, Raw, Refused, Sent, Target
from bot.channels.telegram_api import Api, NotSaid
from bot.channels.telegram_parse import WANTED, envelope, parse, said
from bot.channels.telegram_request import (
    DOCUMENT,
    PHOTO,
    VOICE,
    Attachment,
    Request,
    Upload,
    closing,
    deleting,
    editing,
    ref,
    sending,
    split,
    units,
)
from conversations.message import Incoming, Outgoing
from locales import _

ADDRESS = "https://api.telegram.org"
RATE = 25.0  # messages a second for the whole bot; Telegram speaks of about 30
LARGEST_PHOTO = 10_000_000
LONGEST_ACK = 200
RECORDED = (".oga", ".ogg", ".opus", ".mp3", ".m4a")  # what Telegram shows as a voice message
LEFT = (
    "blocked by the user", "user is deactivated", "chat not found", "can't initiate conversation", "bot was kicked",
    "bot is not a member", "group chat was deactivated",
)  # fmt: skip


class Shelf(Protocol):
    """Where files lie, and what Telegram calls those that were sent before: a file goes up once."""

    async def known(self, channel: str, media_id: str) -> str | None: ...

    async def remember(self, channel: str, media_id: str, ref: str) -> None: ...

    async def read(self, media_id: str) -> tuple[str, bytes]:
        """Its name and its bytes. Raises FileNotFoundError."""


class Telegram:
    """`api` may be swapped for one that keeps requests instead of making them: the bench does."""

    def __init__(
        self, token: str, shelf: Shelf, *, address: str = ADDRESS, rate: float = RATE, api: Api | None = None
    ) -> None:
        self.token = token
        self.name = f"telegram:{token.partition(':')[0]}"  # the number before the colon is the bot's id
        self.rate = rate
        self.username: str | None = None
        self.api = api or Api(token, address)
        self._shelf = shelf

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw)

    def parse(self, raw: Raw) -> Incoming:
        return parse(raw)

    def in_group(self, external: str) -> bool:
        return external.startswith("-")

    async def learn_name(self) -> None:
        """Links into Telegram need our username. Raises NotSaid."""
        me = await self.api.call("getMe", {})
        self.username = me.get("username")

    async def introduce(self) -> None:
        """Our own name, and the menu of commands in each language. Raises NotSaid."""
        await self.learn_name()
        for language in locales.LANGUAGES:
            with locales.use(language):
                params: dict[str, Any] = {"commands": _commands(), "scope": {"type": "all_private_chats"}}
            if language != locales.SOURCE:
                params["language_code"] = language
            await self.api.call("setMyCommands", params)

    async def receive_at(self, url: str, secret: str) -> None:
        """Raises NotSaid."""
        await self.api.call("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": list(WANTED)})

    async def receive_by_polling(self) -> None:
        await self.api.call("deleteWebhook", {})

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        try:
            return await self._close_and_send(target, message)
        except NotSaid as error:
            return outcome(error)
        except OSError as error:  # the folder of files is away
            return Again(type(error).__name__)

    async def acknowledge(self, ack: Ack) -> None:
        said = {"text": _short(ack.text)} if ack.text else {}
        if ack.url:
            said["url"] = ack.url
        with suppress(NotSaid):
            await self.api.call("answerCallbackQuery", {"callback_query_id": ack.callback, **said})

    async def fetch(self, ref: str, limit: int) -> bytes:
        try:
            file = await self.api.call("getFile", {"file_id": ref})
        except NotSaid as error:
            if "too big" in error.description:  # anything else may pass later
                raise TooLarge(limit) from None
            raise
        if file.get("file_size", 0) > limit or "file_path" not in file:
            raise TooLarge(limit)
        content = await self.api.download(file["file_path"])
        if len(content) > limit:
            raise TooLarge(limit)
        return content

    async def close(self) -> None:
        await self.api.close()

    async def _close_and_send(self, target: Target, message: Outgoing) -> Outcome:
        attachments = await self._attachments(message)
        if target.parts:
            return await self._deliver(target, message, attachments)
        for removal in deleting(target):
            await self._best_effort(removal)
        request = closing(target, message)
        if request is not None:
            await self._best_effort(request)
        edit = editing(target, message, attachments)
        if edit is not None and await self._edited(edit, message):
            return Sent(target.edits)
        return await self._deliver(target, message, attachments)

    async def _best_effort(self, request: Request) -> None:
        """Closes a question, takes messages away; but where we must wait, or the person has left, nothing more."""
        try:
            await self.api.call(*request)
        except NotSaid as error:
            if error.retry_after is not None or isinstance(outcome(error), Gone):
                raise

    async def _edited(self, request: Request, message: Outgoing) -> bool:
        try:
            await self._remember(message, await self.api.call(*request))
        except NotSaid as error:
            if error.code != 400:
                raise
            return "not modified" in error.description
        return True

    async def _deliver(self, target: Target, message: Outgoing, attachments: tuple[Attachment, ...]) -> Outcome:
        try:
            return await self._next_part(target, message, attachments)
        except NotSaid as error:
            if error.code != 400 or "file" not in error.description or not any(map(_is_known, attachments)):
                raise
        # Telegram has forgotten the id it once gave to our file.
        return await self._next_part(target, message, await self._attachments(message, afresh=True))

    async def _next_part(self, target: Target, message: Outgoing, attachments: tuple[Attachment, ...]) -> Outcome:
        """One request at a time: killed between two parts, or told to wait, we never repeat those that arrived."""
        requests = sending(target, message, attachments)
        number = min(target.parts + 1, len(requests))  # a file that was erased meanwhile makes them fewer
        result = await self.api.call(*requests[number - 1])
        await self._remember(message, result)
        return Sent(ref(result)) if number == len(requests) else Partly(number)

    async def _attachments(self, message: Outgoing, *, afresh: bool = False) -> tuple[Attachment, ...]:
        if message.voice is not None:
            return await self._recording(message.voice)
        if message.photo is None and message.document is None:
            return ()
        wanted = ((PHOTO, message.photo), (DOCUMENT, message.document))
        found = [await self._attachment(kind, media_id, afresh) for kind, media_id in wanted if media_id is not None]
        return tuple(filter(None, found))

    async def _attachment(self, kind: str, media_id: str, afresh: bool) -> Attachment | None:
        known = None if afresh else await self._shelf.known(self.name, media_id)
        if known is not None:
            remembered_kind, _, file = known.partition(" ")
            return Attachment(remembered_kind, file)
        try:
            name, content = await self._shelf.read(media_id)
        except FileNotFoundError:  # erased since: the words still go out
            return None
        return Attachment(DOCUMENT if len(content) > LARGEST_PHOTO else kind, Upload(name, content))

    async def _recording(self, media_id: str) -> tuple[Attachment, ...]:
        """Its id is not remembered: a recording is sent to one person, and then deleted."""
        try:
            name, content = await self._shelf.read(media_id)
        except FileNotFoundError:  # erased since
            return ()
        kind = VOICE if name.endswith(RECORDED) else DOCUMENT
        return (Attachment(kind, Upload(name, content), protected=True),)

    def said(self, raw: Raw, since: datetime) -> str | None:
        return said(raw, since)

    async def _remember(self, message: Outgoing, result: Any) -> None:
        for kind, media_id in ((PHOTO, message.photo), (DOCUMENT, message.document or message.photo)):
            if media_id is not None and isinstance(result, dict) and (file := _file_id(result.get(kind))):
                await self._shelf.remember(self.name, media_id, f"{kind} {file}")


class TooLarge(ValueError):
    def __init__(self, limit: int) -> None:
        super().__init__(f"The file is larger than {limit} bytes.")


def outcome(error: NotSaid) -> Outcome:
    if error.retry_after is not None:
        return Again(str(error), error.retry_after)
    if error.moved_to is not None:
        return Moved(str(error.moved_to), str(error))
    if error.code in {401, 404}:  # our token is wrong: nothing is the message's fault
        return Again(str(error), 60.0)
    if error.code == 403 or (error.code == 400 and any(words in error.description for words in LEFT)):
        return Gone(str(error))
    if 400 <= error.code < 500 and error.code not in {408, 409, 429}:
        return Refused(str(error))
    return Again(str(error))


def _commands() -> list[dict[str, str]]:
    commands = (
        ("menu", _("What you can do here")),
        ("back", _("One question back")),
        ("cancel", _("Stop and leave it")),
        ("help", _("How this works")),
        ("language", _("Choose the language")),
        ("mydata", _("What we know about you")),
        ("forget", _("Erase what we know about you")),
    )
    return [{"command": command, "description": words} for command, words in commands]


def _file_id(held: Any) -> str | None:
    if isinstance(held, list):
        held = held[-1] if held else None
    return held.get("file_id") if isinstance(held, dict) else None


def _is_known(attachment: Attachment) -> bool:
    return isinstance(attachment.file, str)


def _short(text: str) -> str:
    return text if units(text) <= LONGEST_ACK else f"{split(text, LONGEST_ACK - 1)[0]}…"
