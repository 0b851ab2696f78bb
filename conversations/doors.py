"""Buttons below a message that begin another conversation, as the menu's do."""

from __future__ import annotations

from typing import NamedTuple

from conversations import tap
from conversations.message import Button


class Door(NamedTuple):
    """`conversation` is the name of one that is in the menu."""

    conversation: str
    title: str


def button(door: Door) -> Button:
    return Button(door.title, tap.data(tap.SYSTEM, "start", door.conversation))
