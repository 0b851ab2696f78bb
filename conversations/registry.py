"""Every conversation there is: who may start it, by which link, and what becomes of it when it is left lying."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.person import Person
from conversations.replay import Trail
from domain.people import Action

Conversation = Callable[[Chat], Awaitable[None]]
Expiry = Callable[[AsyncConnection, Person, Trail, dict[str, Any], datetime], Awaitable[None]]
Offered = Callable[[AsyncConnection, Person], Awaitable[bool]]
About = Callable[[AsyncConnection, dict[str, Any]], Awaitable[str]]
Still = Callable[[AsyncConnection, Person, dict[str, Any], datetime], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One conversation.

    title     a function, since words have a language only inside a turn
    action    the action of domain.people.MAY that starting it needs; None: anyone may
    in_menu   shown in the menu of those who may start it, when `offered` says so
    link      the first letter of the link payloads that start it ("v" + village code, "i" + invitation)
    needs_welcome  only after consent
    reminder  counts as the one reminder a day, and keeps quiet hours
    notice    only says something: it is said at once, and what is in front stays there
    digits    so many digits, typed where nothing is asked, start it as its link would
    guest     somebody else holds the phone meanwhile: nothing of its owner's is shown until it ends
    browsing  only shows things: it is left as soon as something else begins, and begun anew
    office_hours  said to an office: on its working days alone
    about     the name of what one run of it is about, where many may lie open beside each other
    instead_of  the conversation that asks the same of them; where it is still open, this one takes its place
    still     asked before a question is offered again or keeps something new waiting: False ends it without a word
    """

    name: str
    play: Conversation
    title: Callable[[], str]
    action: Action | None = None
    in_menu: bool = False
    offered: Offered | None = None
    link: str | None = None
    digits: int | None = None
    guest: bool = False
    needs_welcome: bool = True
    reminder: bool = False
    notice: bool = False
    browsing: bool = False
    office_hours: bool = False
    about: About | None = None
    instead_of: str | None = None
    priority: int = 0
    nudge_after: timedelta | None = timedelta(hours=20)
    expires_after: timedelta = timedelta(days=7)
    on_expiry: Expiry | None = None
    still: Still | None = None


@dataclass(slots=True)
class Registry:
    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        if entry.name in self.entries:
            raise ValueError(f'A conversation named "{entry.name}" is already registered.')
        self.entries[entry.name] = entry

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def get(self, name: str) -> Entry | None:
        return self.entries.get(name)

    def menu(self) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.in_menu)

    def by_digits(self, count: int) -> Entry | None:
        return next((entry for entry in self.entries.values() if entry.digits == count), None)

    def by_link(self, payload: str) -> Entry | None:
        return next((entry for entry in self.entries.values() if entry.link and payload.startswith(entry.link)), None)
