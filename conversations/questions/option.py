"""One choice, and where choices come from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

Value = str | int


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is kept in the trail and in buttons: never rename one. `words` are other names to find it by."""

    value: Value
    label: str
    words: tuple[str, ...] = ()

    def matches(self, typed: str) -> bool:
        return any(typed in name.casefold() for name in (self.label, *self.words))

    def equals(self, typed: str) -> bool:
        return any(typed == name.casefold().strip() for name in (self.label, *self.words))


Options = Sequence[Option] | Callable[[AsyncConnection], Awaitable[Sequence[Option]]]
Words = str | Callable[[AsyncConnection], Awaitable[str]]
