"""A patient person who answers any form to its end, by what the phone shows and takes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from conversations.forms.filling import MORE, REST, REVIEW, SHEET, Filling
from conversations.forms.filling import load as filling_of
from domain.forms.asked import Asked, Kind
from locales import use
from storage.jsontext import loads
from storage.tables.forms import fills
from storage.tables.turns import runs
from tests.fakes.xforms_oracle import Operation
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone

MOST = 600
UPLOADS = (Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.FILE)  # the other engine takes no names of files
TYPED = {
    Kind.TEXT: ("abc", "Ana", "12345", "577123456", "a@b.ge", "1"),
    Kind.INTEGER: ("2", "1", "3", "0", "25", "1", "120", "2", "40"),
    Kind.DECIMAL: ("2.5", "120.25", "0.5", "12"),
    Kind.DATE: ("14.10.2025", "01.02.1990", "14.10.2031"),
    Kind.TIME: ("10:30",),
    Kind.BARCODE: ("4860001234567",),
}
WRITTEN = {
    "text": TYPED[Kind.TEXT],
    "whole": TYPED[Kind.INTEGER],
    "decimal": TYPED[Kind.DECIMAL],
    "date": ("2025-10-14", "1990-02-01", "2031-10-14"),
    "time": ("10:30",),
    "datetime": ("2025-10-14T10:30",),
}


@dataclass
class Walker:
    """`told` is everything that was answered, as another engine understands it."""

    valley: Valley
    phone: Phone
    seed: int
    told: list[Operation] = field(default_factory=list)
    turn: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def to_the_end(self) -> Filling:
        for _step in range(MOST):
            at = await self._at()
            filling = await self._filling()
            if at is None or at == REVIEW:
                break
            await self._one(filling, at)
        assert await self._at() == REVIEW, await self.phone.screen()
        await self.phone.tap("it is ready")
        return await self._filling()

    async def _at(self) -> str | None:
        [row] = await self.valley.rows(select(runs.c.draft).where(runs.c.state == "front"))
        return loads(row.draft)["at"] if row.draft else None

    async def _filling(self) -> Filling:
        async with self.valley.town.engine.begin() as db:
            fill_id = (await db.execute(select(fills.c.id).order_by(fills.c.id.desc()))).scalars().first()
            now = self.valley.town.clock.now()
            with use("en"):
                who: dict[str, Any] = {"fill_id": int(fill_id or 0), "person_id": 1, "sheets": True}
                return await filling_of(db, **who, now=now, zone=TBILISI)

    async def _one(self, filling: Filling, at: str) -> None:
        if at.startswith(MORE):
            more = self.chance.random() < 0.3
            await self.phone.tap("Yes, one more" if more else "that is all")
            if more:
                self.told.append([at])
            return
        if at.startswith((SHEET, REST)):
            await self._sheet(at)
            return
        asked = filling.session.question(at)
        if not asked.required and self.chance.random() < 0.15:
            await self.phone.tap("Leave it" if asked.value else "Skip")
        else:
            await self._answer(asked)
        for _attempt in range(12):
            if await self._at() != at:
                break
            await self._answer(asked)
        else:
            await self.phone.tap("Skip")
        value = (await self._filling()).session.state(at).value
        if value and asked.kind not in UPLOADS:
            self.told.append([at, value])

    async def _sheet(self, at: str) -> None:
        """The web chat's screen of many questions: filled in, and sent until all of it fits."""
        refs: list[str] = (await self._filling()).on_sheet(at)
        for attempt in range(12):
            if await self._at() != at:
                break
            shown = (await self.phone.last()).raw["sheet"]
            values = {each["name"]: self._written(each, attempt) for each in shown["fields"] if each["kind"] != "note"}
            await self.phone.act(tap=shown["data"], values=values)
        filling = await self._filling()
        route = filling.route()
        self.told += [[ref, value] for ref in refs if ref in route and (value := filling.session.state(ref).value)]

    def _written(self, field: dict[str, Any], attempt: int) -> str:
        """What fitted stays; what did not gets the next one of what people write."""
        if field["value"] and not field["wrong"]:
            return str(field["value"])
        if field["choices"]:
            return str(field["choices"][self.chance.randrange(len(field["choices"]))][0])
        if field["kind"] == "range":
            return str(field["limits"][0])
        written = WRITTEN[field["kind"]]
        return written[attempt % len(written)]

    async def _answer(self, asked: Asked) -> None:
        match asked.kind:
            case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE | Kind.RANGE | Kind.ACKNOWLEDGE | Kind.RANK:
                await self._choose(asked)
            case Kind.GEOPOINT | Kind.GEOTRACE | Kind.GEOSHAPE:
                await self._point(asked.kind)
            case Kind.DATETIME:
                await self.phone.send("14.10.2025")
                await self.phone.send("10:30")
            case Kind.IMAGE:
                await self.phone.photo()
            case Kind.AUDIO | Kind.VIDEO | Kind.FILE:
                await self.phone.document("file", name="clip.mp4")
            case kind:
                self.turn += 1  # in turn, so that one of them fits in the end
                await self.phone.send(TYPED[kind][self.turn % len(TYPED[kind])])

    async def _choose(self, asked: Asked) -> None:
        count = len(asked.choices)
        if asked.kind is Kind.RANK:
            for _place in range(count - 1):
                await self._press(0)
            return
        await self._press(self.chance.randrange(max(1, min(8, count))))
        if asked.kind is Kind.SELECT_MULTIPLE:
            await self.phone.tap("Done")

    async def _point(self, kind: Kind) -> None:
        if kind is Kind.GEOPOINT:
            await self.phone.location(42.3, 43.2)
            return
        for at in range(3):
            await self.phone.location(42.3 + at / 10, 43.2 + at * at / 10)
        await self.phone.tap("Done")

    async def _press(self, number: int) -> None:
        buttons = (await self.phone.last()).buttons
        await self.phone.act(tap=buttons[number][1], callback="c")
