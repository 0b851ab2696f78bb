"""People on Viber who go from the village's link to the thanks, beside those on Telegram."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.turns import inbox
from tests.fakes.viber_server import Body, Server, User
from tests.kill.crowd import LINKS, THANKS, WANTED, Crowd
from tests.kill.kept import _people


@dataclass
class ViberResident:
    """Answers what the keyboard below the chat asks, each question once."""

    user: User
    chance: random.Random
    answered: set[str] = field(default_factory=set)
    _seen: int = 0

    @property
    def thanked(self) -> bool:
        return any(THANKS in shown.text for shown in self.user.phone.shown)

    def look(self) -> bool:
        before, self._seen = self._seen, self.user.phone.heard
        if before == self._seen:
            return False
        asked = {body[1]: (body[0], button) for button in self.user.phone.keyboard if (body := _read(button))}
        keys = {key for key, _button in asked.values()} - self.answered
        for key in keys:
            self.answered.add(key)
            self._answer(key, {value: button for value, (_key, button) in asked.items()})
        return True

    def _answer(self, key: str, choices: dict[str, Body]) -> None:
        if key.endswith(".words"):
            self.user.send(f"The bridge {self.user.phone.id} is broken")
        elif key.endswith(".shown"):
            self.user.press(choices["!skip"])
        else:
            values = [value for value in choices if not value.startswith("!")]
            self.user.press(choices[WANTED.get(key.rpartition(".")[2]) or self.chance.choice(values)])


def _read(button: Body) -> tuple[str, str] | None:
    """(key, value) of a question's button; a place to pick is none."""
    run, _, rest = button["ActionBody"].removeprefix("mrgvali:").partition(":")
    key, _, value = rest.partition(":")
    return (key, value) if run.isdecimal() and run != "0" else None


@dataclass
class BothCrowds(Crowd):
    """`on_viber` talk at the same time as the others."""

    viber: Server
    on_viber: list[ViberResident]

    @classmethod
    def beside(cls, crowd: Crowd, viber: Server, chance: random.Random, people: int) -> BothCrowds:
        residents = [
            ViberResident(viber.phone(f"resident-{number}=="), random.Random(chance.random()))
            for number in range(people)
        ]
        return cls(crowd.server, crowd.residents, crowd.at_once, viber, residents)

    async def talk(self, patience: float) -> bool:
        return all(await asyncio.gather(super().talk(patience), self._talk(patience)))

    async def _talk(self, patience: float) -> bool:
        await self.viber.hooked()
        for resident in self.on_viber:
            resident.user.start(resident.chance.choice(LINKS))
        heard = time.monotonic()
        while not all(resident.thanked for resident in self.on_viber):
            if any([resident.look() for resident in self.on_viber]):  # noqa: C419 everybody looks
                heard = time.monotonic()
            elif time.monotonic() - heard > patience:
                return False
            await self.viber.change(0.05)
        return True

    async def wrong(self, db: AsyncConnection) -> list[str]:
        """Who on Viber is not counted, or counted twice; callbacks that were lost, or kept and not played."""
        counted = await _people(db)
        out = [
            f"{resident.user.phone.id} is counted {counted[resident.user.phone.id]} times"
            for resident in self.on_viber
            if counted[resident.user.phone.id] != 1
        ]
        kept = select(func.count()).where(inbox.c.channel == "viber", inbox.c.status == "done")
        held = (await db.execute(kept)).scalar_one()
        called = len(self.viber.told)
        return out + ([] if held == called else [f"{held} of {called} callbacks were played"])
