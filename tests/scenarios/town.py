"""The place of the story: the running program, its people with their phones, and the days that pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.scenarios.letters import Letters
from tests.scenarios.program import Program
from tests.scenarios.villager import Handset, Villager
from tests.town import TBILISI


def at(day: int, month: int, hour: int = 12) -> datetime:
    """In the village's own time."""
    return datetime(2026, month, day, hour, tzinfo=TBILISI)


@dataclass
class Town:
    """`account`: how an answer by this channel came, and counts; None: the open web, whose answers stand beside."""

    program: Program
    hand_out: Callable[[str], Awaitable[Handset]]
    account: str | None
    letters: Letters = field(init=False)
    people: dict[str, Villager] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.letters = Letters(self.program.engine)

    async def meet(self, name: str, language: str) -> Villager:
        """Somebody with a phone in hand, whom the program has never heard of."""
        self.people[name] = Villager(name, language, await self.hand_out(language), self.letters)
        return self.people[name]

    def __getitem__(self, name: str) -> Villager:
        return self.people[name]

    async def days_pass(self, until: datetime) -> None:
        """Through each moment at which something comes due, in order, as time itself would."""
        async for _moment in self.program.pass_to(until):
            await self.letters.collect()

    async def rows(self, query: Any) -> list[Any]:
        async with self.program.engine.connect() as db:
            return list((await db.execute(query)).all())
