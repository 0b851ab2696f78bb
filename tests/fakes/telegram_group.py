"""A group chat on the local Bot API server, and what its people do there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.fakes.telegram_chats import BOT, Message, Params, Room
from tests.fakes.telegram_server import Server, User

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@dataclass
class Group:
    """`say` is what anybody writes there: with privacy mode off the bot hears all of it."""

    server: Server
    room: Room

    @classmethod
    def of(cls, server: Server, room_id: int, title: str) -> Group:
        return cls(server, server.telegram.room(room_id, title))

    def add_bot(self, by: User, payload: str | None = None) -> None:
        """By a link with ?startgroup=, Telegram also sends the command that it stands for."""
        self.room.blocked = False
        self._membership(by, "left", "member")
        if payload is not None:
            self.say(by, f"/start@{BOT['username']} {payload}")

    def make_admin(self, by: User) -> None:
        self._membership(by, "member", "administrator")

    def throw_out(self, by: User) -> None:
        self.room.blocked = True
        self._membership(by, "member", "kicked")

    def say(self, by: User, text: str, **fields: Any) -> int:
        return self.message(by.chat.user, text=text, **fields)

    def message(self, who: Params, **fields: Any) -> int:
        body = {"message_id": self.server.telegram.number(), "date": int(time.time()), "chat": self.room.shape}
        return self.server.push("message", {**body, "from": who, **fields})

    def tap(self, by: User, label: str, message: Message | None = None) -> str:
        """Presses the newest button with these words; answers the number of the tap."""
        shown = message or next(each for each in reversed(self.posts) if self._data(each, label))
        data = self._data(shown, label)
        assert data is not None
        return self.press(by.chat.user, shown, data)

    def press(self, who: Params, message: Message, data: str) -> str:
        number = str(self.server.telegram.number())
        shown = {"message_id": message.id, "date": 1, "chat": self.room.shape, "text": message.text}
        body = {"id": number, "from": who, "chat_instance": "1", "message": shown, "data": data}
        self.server.push("callback_query", body)
        return number

    def upgrade(self, room_id: int, by: User, *, told: tuple[str, ...] = ("to", "from")) -> Group:
        """Made a supergroup; either of the two messages may be lost, or come late."""
        new = self.server.telegram.room(room_id, self.room.title, "supergroup")
        new.blocked, self.room.moved_to = False, room_id
        group = Group(self.server, new)
        for way in told:
            here, other = (self, new) if way == "to" else (group, self.room)
            here.message(by.chat.user, **{f"migrate_{way}_chat_id": other.id})
        return group

    @property
    def posts(self) -> list[Message]:
        return self.room.from_bot()

    @property
    def last(self) -> str:
        return self.posts[-1].text if self.posts else ""

    def _data(self, message: Message, label: str) -> str | None:
        found = (button for button in message.buttons if label in button["text"] and "callback_data" in button)
        return next((str(button["callback_data"]) for button in found), None)

    def _membership(self, by: User, old: str, new: str) -> None:
        members = {"old_chat_member": {"user": BOT, "status": old}, "new_chat_member": {"user": BOT, "status": new}}
        self.server.push("my_chat_member", {"chat": self.room.shape, "from": by.chat.user, "date": 1, **members})
