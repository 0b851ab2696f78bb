"""Telegram's own memory: chats as people see them, and what the Bot API does to them. No network here."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

BOT = {"id": 5000, "is_bot": True, "first_name": "მრგვალი", "username": "mrgvali_test_bot"}
Params = dict[str, Any]
Files = dict[str, bytes]


class Refusal(Exception):
    def __init__(self, code: int, description: str, retry_after: int | None = None, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description = code, description
        self.parameters = parameters if retry_after is None else {"retry_after": retry_after, **parameters}


@dataclass
class Message:
    """`markup` holds the buttons under it; `kind` is text, photo or document."""

    id: int
    text: str
    kind: str = "text"
    markup: Params = field(default_factory=dict)
    mine: bool = False
    file_id: str | None = None
    edits: int = 0
    thread: int | None = None

    @property
    def buttons(self) -> list[Params]:
        return [button for row in self.markup.get("inline_keyboard", ()) for button in row]


@dataclass
class Chat:
    """`heard` counts what the person saw happen: new messages, and edits that leave something to press."""

    id: int
    language: str
    messages: list[Message] = field(default_factory=list)
    keyboard: Params = field(default_factory=dict)
    blocked: bool = False
    heard: int = 0
    sent_at: list[float] = field(default_factory=list)

    @property
    def user(self) -> Params:
        return {"id": self.id, "is_bot": False, "first_name": f"U{self.id}", "language_code": self.language}

    @property
    def shape(self) -> Params:
        return {"id": self.id, "type": "private", "first_name": f"U{self.id}"}

    def from_bot(self) -> list[Message]:
        return [message for message in self.messages if not message.mine]


@dataclass
class Room(Chat):
    """A group chat; `moved_to` is its number since it was upgraded, `blocked` that the bot is not in it."""

    title: str = ""
    kind: str = "group"
    moved_to: int | None = None

    @property
    def shape(self) -> Params:
        return {"id": self.id, "type": self.kind, "title": self.title}


MOST_A_MINUTE = 20  # messages and edits in a group


@dataclass
class Telegram:
    """`most_a_second`: more messages than that to one chat get a 429. `planned`: refusals to come, by chat."""

    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    acks: list[Params] = field(default_factory=list)
    commands: dict[str, list[Params]] = field(default_factory=dict)
    most_a_second: int | None = None
    planned: defaultdict[int, list[Refusal]] = field(default_factory=lambda: defaultdict(list))
    calls: Counter[str] = field(default_factory=Counter)
    changed: Callable[[], None] = lambda: None
    _numbers: Any = field(default_factory=lambda: count(1))

    def chat(self, user_id: int, language: str = "en") -> Chat:
        return self.chats.setdefault(user_id, Chat(user_id, language))

    def room(self, room_id: int, title: str, kind: str = "group") -> Room:
        room = self.chats.setdefault(room_id, Room(room_id, "", blocked=True, title=title, kind=kind))
        assert isinstance(room, Room)
        return room

    def number(self) -> int:
        return int(next(self._numbers))

    def keep_file(self, content: bytes, kind: str) -> str:
        file_id = f"{kind}-{len(self.files) + 1}"
        self.files[file_id] = content
        return file_id

    def call(self, method: str, params: Params, files: Files) -> Any:
        self.calls[method] += 1
        do = getattr(self, f"do_{method}", None)
        if do is None:
            raise Refusal(404, "Not Found")
        return do(params, files)

    def do_getMe(self, _params: Params, _files: Files) -> Params:  # noqa: N802 as Telegram writes it
        return BOT

    def do_setMyCommands(self, params: Params, _files: Files) -> bool:  # noqa: N802
        self.commands[params.get("language_code", "")] = json.loads(params["commands"])
        return True

    def do_answerCallbackQuery(self, params: Params, _files: Files) -> bool:  # noqa: N802
        self.acks.append(params)
        return True

    def do_getFile(self, params: Params, _files: Files) -> Params:  # noqa: N802
        file_id = params["file_id"]
        if file_id not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        if size > 20_000_000:
            raise Refusal(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"files/{file_id}"}

    def do_sendMessage(self, params: Params, _files: Files) -> Params:  # noqa: N802
        return self._add(params, "text", _short(params["text"], 4096))

    def do_sendPhoto(self, params: Params, files: Files) -> Params:  # noqa: N802
        return self._add(params, "photo", _caption(params), self._file(params, files, "photo"))

    def do_sendDocument(self, params: Params, files: Files) -> Params:  # noqa: N802
        return self._add(params, "document", _caption(params), self._file(params, files, "document"))

    def do_sendVoice(self, params: Params, files: Files) -> Params:  # noqa: N802
        return self._add(params, "voice", _caption(params), self._file(params, files, "voice"))

    def do_deleteMessages(self, params: Params, _files: Files) -> bool:  # noqa: N802
        """Of the person's own too; those that are not there are passed over."""
        chat, numbers = self._open(params), set(json.loads(params["message_ids"]))
        chat.messages = [message for message in chat.messages if message.id not in numbers]
        return True

    def do_editMessageText(self, params: Params, _files: Files) -> Params:  # noqa: N802
        return self._edit(params, ("text",), text=_short(params["text"], 4096))

    def do_editMessageCaption(self, params: Params, _files: Files) -> Params:  # noqa: N802
        return self._edit(params, ("photo", "document"), text=_caption(params))

    def do_editMessageReplyMarkup(self, params: Params, _files: Files) -> Params:  # noqa: N802
        return self._edit(params, ("text", "photo", "document"))

    def do_editMessageMedia(self, params: Params, files: Files) -> Params:  # noqa: N802
        media = json.loads(params["media"])
        held = media["media"]
        file_id = self.keep_file(files[held.removeprefix("attach://")], "photo") if "attach://" in held else held
        return self._edit(params, ("photo", "document"), text=_caption(media), kind=media["type"], file_id=file_id)

    def _add(self, params: Params, kind: str, text: str, file_id: str | None = None) -> Params:
        chat = self._open(params)
        self._count(chat)
        markup = json.loads(params.get("reply_markup", "{}"))
        if "keyboard" in markup:
            chat.keyboard = markup
        elif "remove_keyboard" in markup:
            chat.keyboard = {}
        thread = int(params["message_thread_id"]) if "message_thread_id" in params else None
        message = Message(self.number(), text, kind, markup, file_id=file_id, thread=thread)
        chat.messages.append(message)
        self._hear(chat)
        return _result(chat, message)

    def _edit(self, params: Params, kinds: tuple[str, ...], **changes: Any) -> Params:
        chat = self._open(params)
        if isinstance(chat, Room):
            self._count(chat)
        message = next((each for each in chat.from_bot() if each.id == int(params["message_id"])), None)
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if message.kind not in kinds or {"keyboard", "remove_keyboard"} & message.markup.keys():
            raise Refusal(400, "Bad Request: message can't be edited")
        changes["markup"] = json.loads(params.get("reply_markup", "{}"))
        if all(getattr(message, name) == value for name, value in changes.items()):
            raise Refusal(400, "Bad Request: message is not modified: specified new message content is the same")
        for name, value in changes.items():
            setattr(message, name, value)
        message.edits += 1
        if message.buttons:
            self._hear(chat)
        return _result(chat, message)

    def _open(self, params: Params) -> Chat:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if isinstance(chat, Room) and chat.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, words, migrate_to_chat_id=chat.moved_to)
        if chat.blocked and isinstance(chat, Room):
            raise Refusal(403, "Forbidden: bot was kicked from the group chat")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if self.planned[chat.id]:
            raise self.planned[chat.id].pop(0)
        return chat

    def _count(self, chat: Chat) -> None:
        now = time.monotonic()
        if isinstance(chat, Room):
            chat.sent_at = [at for at in chat.sent_at if now - at < 60] + [now]
            if len(chat.sent_at) > MOST_A_MINUTE:
                raise Refusal(429, "Too Many Requests: retry after 30", 30)
            return
        chat.sent_at = [at for at in chat.sent_at if now - at < 1] + [now]
        if self.most_a_second is not None and len(chat.sent_at) > self.most_a_second:
            raise Refusal(429, "Too Many Requests: retry after 1", 1)

    def _hear(self, chat: Chat) -> None:
        chat.heard += 1
        self.changed()

    def _file(self, params: Params, files: Files, kind: str) -> str:
        if kind in files:
            return self.keep_file(files[kind], kind)
        if params[kind] not in self.files:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return str(params[kind])


def _short(text: str, most: int) -> str:
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > most:
        raise Refusal(400, "Bad Request: message is too long")
    return text.strip()


def _caption(params: Params) -> str:
    return _short(params["caption"], 1024) if params.get("caption") else ""


def _result(chat: Chat, message: Message) -> Params:
    result: Params = {"message_id": message.id, "date": int(time.time()), "chat": chat.shape, "from": BOT}
    if message.kind == "photo":
        size = {"file_id": message.file_id, "file_unique_id": "u", "width": 90, "height": 90}
        return {**result, "caption": message.text, "photo": [size]}
    if message.kind == "voice":
        voice = {"file_id": message.file_id, "file_unique_id": "u", "duration": 1}
        return {**result, "caption": message.text, "voice": voice}
    if message.kind == "document":
        return {**result, "caption": message.text, "document": {"file_id": message.file_id, "file_unique_id": "u"}}
    return {**result, "text": message.text}
