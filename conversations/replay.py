"""The engine: a conversation is run again from the top, and stops at its first unanswered question.

The trail is an ordered list of [kind, key, value]. Answers are found by key; Back goes by order.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from conversations import controls
from conversations.message import Incoming, Outgoing, Rows, Sheet

ANSWER, LOOK, DO = "answer", "look", "do"
OWN_BACK = "back"
LONGEST_KEY = 24  # so that a button's data stays within Telegram's 64 bytes

Entry = list[Any]
Trail = list[Entry]
Reading = Callable[[], Awaitable[Any]]


class Suspended(BaseException):
    """The conversation waits for an answer. No `except Exception` may swallow it."""


def goes_back(draft: Any) -> bool:
    """Whether the pending question has parts of its own to go back through."""
    return isinstance(draft, dict) and bool(draft.get(OWN_BACK))


class BrokenConversation(Exception):
    """A conversation broke a rule of the engine: the programmer's fault, never the person's."""


class Invalid(Exception):
    """An answer that cannot be taken; `args[0]` is the sentence that says why and what to do."""


class Answer(NamedTuple):
    """A value for the trail, and the words that show it under the question."""

    value: Any
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Redraw:
    """The question is not answered yet; its draft changed and it is shown again in place."""

    draft: Any


@dataclass(frozen=True, slots=True)
class Onward:
    """A part of a question of many parts is answered, and kept by the question itself: its next part is shown."""

    label: str | None
    draft: Any = None


class Screen(NamedTuple):
    """How a question looks: its text, its own buttons, and the id of a picture above it.

    `sheet` is the same as fields, for a channel that shows them.
    `before` goes out once before it, and not again when it is drawn anew; `alt` says what the picture shows.
    `draft` is what it wishes to remember of what it showed; with OWN_BACK in it, Back goes to the question itself.
    """

    text: str
    rows: Rows = ()
    photo: str | None = None
    draft: Any = None
    sheet: Sheet | None = None
    before: tuple[Outgoing, ...] = ()
    alt: str = ""


class Question(Protocol):
    optional: bool | str

    @property
    def key(self) -> str: ...

    async def show(self, draft: Any) -> Screen: ...

    async def accept(self, message: Incoming, draft: Any) -> Answer | Redraw | Onward: ...

    def describe(self, value: Any) -> str | None:
        """A recorded value in words, without any reading; None where words would need one."""


Make = Callable[[], Question]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that this replay passed: for summaries and for "change an answer"."""

    key: str
    title: str
    label: str | None


@dataclass(slots=True)
class Stage:
    """Where a run stands between two messages."""

    trail: Trail = field(default_factory=list)
    draft: Any = None
    pending: str | None = None


class Replay:
    """One replay of one run, with at most one message to be taken by the question it was meant for."""

    def __init__(self, stage: Stage, message: Incoming | None = None, meant_for: str | None = None) -> None:
        self.trail: Trail = list(stage.trail)
        self.draft = stage.draft
        self.pending: str | None = stage.pending
        self.says: list[Outgoing] = []
        self.screen: Screen | None = None
        self.question: Question | None = None
        self.problem: str | None = None
        self.redrawn = False
        self.answered: str | None = None
        self.consumed = False
        self.then: tuple[str, dict[str, Any]] | None = None
        self._message = message
        self._meant_for = meant_for
        self._recorded: dict[str, Any] = {entry[1]: entry[2] for entry in self.trail}
        self._titled: list[tuple[str, str, Make]] = []
        self._seen: set[str] = set()
        self._busy: str | None = None

    async def ask(self, key: str, make: Make, title: str = "") -> Any:
        """The answer, if there is one by now; else the question is made and shown, and the conversation suspends."""
        self._enter(key)
        if key not in self._recorded:
            self._open(key)
            await self._take_or_suspend(key, make())
            self._busy = None
        self.says.clear()
        if title:
            self._titled.append((key, title, make))
        return self._recorded[key]

    def has(self, key: str) -> bool:
        """Whether it was answered already: for a question that would have to read much only to be made."""
        return key in self._recorded

    def place(self, key: str) -> str | None:
        """Where a question of many parts stands, if it is the one that waits."""
        waits = self.pending is not None and self.pending.startswith(f"{key}.") and isinstance(self.draft, dict)
        return self.draft.get("at") if waits else None

    @property
    def asked(self) -> list[Asked]:
        """The answered questions that have a title."""
        return [Asked(key, title, self._label(key, make)) for key, title, make in self._titled]

    def _label(self, key: str, make: Make) -> str | None:
        value = self._recorded[key]
        return None if value is None else make().describe(value)

    async def look(self, key: str, read: Reading) -> Any:
        """A reading that later questions depend on: made once, then remembered until Back cuts it."""
        return await self._once(LOOK, key, read)

    async def do(self, key: str, act: Reading) -> Any:
        """An effect, recorded in the transaction that makes it."""
        return await self._once(DO, key, act)

    def say(self, message: Outgoing) -> None:
        self.says.append(message)

    @property
    def orphans(self) -> list[str]:
        """Keys that this replay never came to: the program changed, or another branch was taken."""
        return [entry[1] for entry in self.trail if entry[1] not in self._seen]

    def _enter(self, key: str) -> None:
        if self._busy is not None:
            raise BrokenConversation(f"{key!r} is asked while {self._busy!r} is still open")
        if key in self._seen:
            raise BrokenConversation(f"{key!r} is asked twice")
        self._seen.add(key)

    def _open(self, key: str) -> None:
        if len(key) > LONGEST_KEY:
            raise BrokenConversation(f"{key!r} is longer than {LONGEST_KEY} characters")
        self._busy = key

    async def _once(self, kind: str, key: str, act: Reading) -> Any:
        self._enter(key)
        if key not in self._recorded:
            self._open(key)
            self._record(kind, key, await act())
            self._busy = None
        return self._recorded[key]

    async def _take_or_suspend(self, key: str, question: Question) -> None:
        """A question of many parts has a key for each, which its buttons carry; its answer is recorded under `key`."""
        if self._message is not None and not self.consumed and self._meant_for == question.key:
            self.consumed = True
            try:
                taken = await self._accepted(question, self._message)
            except Invalid as problem:
                self.problem = str(problem)
            else:
                if isinstance(taken, Answer):
                    self.answered = taken.label
                    self.draft = None
                    return self._record(ANSWER, key, taken.value)
                self.draft, self.redrawn = taken.draft, isinstance(taken, Redraw)
                if isinstance(taken, Onward):
                    self.answered, self.pending = taken.label, question.key
            self.says.clear()
        if self.pending != question.key:
            self.draft = None
        self.question, self.pending = question, question.key
        self.screen = await question.show(self.draft)
        if self.screen.draft is not None:
            self.draft = self.screen.draft
        raise Suspended

    async def _accepted(self, question: Question, message: Incoming) -> Answer | Redraw | Onward:
        if question.optional and controls.skips(message, question.optional):
            return Answer(None, question.optional if isinstance(question.optional, str) else None)
        return await question.accept(message, self.draft)

    def _record(self, kind: str, key: str, value: Any) -> None:
        # Through JSON even live, so that a tuple is a list today as it will be tomorrow.
        if value.__class__ not in (str, int, bool, type(None)):
            value = json.loads(json.dumps(value))
        self.trail.append([kind, key, value])
        self._recorded[key] = value
