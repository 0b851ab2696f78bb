"""What every part of the sample story needs: the database, the calendar, chance that is always the same, the people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import inbox, places, queue, turns
from storage.inbox import Received
from storage.jsontext import dumps, loads
from storage.places import Village
from storage.tables.turns import SELF

EVERY = 2**20  # messages: all that wait


@dataclass
class Story:
    """Days are counted from the day on which the demo begins: -1 is the day before. `people` by their names."""

    db: AsyncConnection
    start: datetime
    zone: ZoneInfo
    channel: str
    language: str
    villages: dict[str, Village] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    chance: Random = field(default_factory=lambda: Random("mrgvali"))

    def day(self, number: int) -> date:
        return self.start.astimezone(self.zone).date() + timedelta(days=number)

    def at(self, number: int, hour: int = 12, minute: int = 0) -> datetime:
        return datetime.combine(self.day(number), time(hour, minute), self.zone).astimezone(UTC)

    @property
    def municipality_id(self) -> int:
        return next(iter(self.villages.values())).municipality.id

    def community_id(self, name: str) -> int:
        return next(village.community.id for village in self.villages.values() if village.community.ka == name)

    def village_id(self, name: str) -> int | None:
        return self.villages[name].place.id if name else None

    async def learn_places(self) -> None:
        for municipality in await places.municipalities(self.db):
            for village in await places.villages_of(self.db, municipality_id=municipality.id):
                self.villages[village.place.ka] = village

    async def arrive(self, externals: Sequence[str], at: datetime) -> dict[str, int]:
        """Somebody's first message, already answered; the people's ids by their addresses."""
        came = [Received(f"{each}:came", each, dumps({"from": each, "start": ""})) for each in externals]
        await inbox.keep(self.db, channel=self.channel, received=came, now=at)
        rows = [row for row in await queue.claim(self.db, now=at, most=EVERY) if row.channel == self.channel]
        await turns.done(self.db, inbox_ids=[row.id for row in rows])
        lines = [{"_person": row.person_id, "seq": 0, "address_id": row.address_id} for row in rows]
        await turns.write(self.db, new_runs=[], changed_runs=[], messages=[], persons=lines)
        return {loads(row.payload)["from"]: row.person_id for row in rows}

    async def heard(self, who: Collection[int] | None = None) -> None:
        """What the program told people (`who`, or all) in those months they have heard long since."""
        rows = [row for row in await queue.claim(self.db, now=self.start, most=EVERY) if row.channel == SELF]
        await turns.done(self.db, inbox_ids=[row.id for row in rows if who is None or row.person_id in who])
