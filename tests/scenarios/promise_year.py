"""A year in one process: its people on three channels, a clock that stands still at each due moment, and everything
that was said, written down as it went out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.phone import NoSuchButton, Phone
from domain.reminders import quiet
from scheduler.jobs import Job
from scheduler.table import table
from storage import promise_asking, queue
from storage.jsontext import loads
from storage.tables.people import addresses, people
from storage.tables.turns import outbox
from tests.scenarios.villager import in_words
from tests.stories.valley import Valley
from tests.town import TBILISI

# Nobody hears of these here: they run along with the others, and need no moment of their own.
ALONG = {"ledger_heads", "new_words", "retention"}
SHOWN = 8  # buttons below a message
SECRET = "the secret of the year"
ANSWERED = "ჯგუფი თქვენს თხოვნას"  # how the group's answer to an official's own wish begins
ASKS = ("რას ხედავთ ადგილზე?", "რა მდგომარეობაა ახლა?")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: when it went out, to whom, and whether they had not just written themselves."""

    at: datetime
    name: str
    channel: str
    text: str
    unasked: bool


def at(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=TBILISI).astimezone(UTC)


def _buttons(message: dict[str, Any]) -> str:
    """The first of them: a menu or a month is known by its beginning."""
    labels = [f"[{text}]" for row in message.get("rows", ()) for text, *_more in row]
    return " ".join([*labels[:SHOWN], *(["…"] if len(labels) > SHOWN else [])])


@dataclass
class Year:
    valley: Valley
    jobs: tuple[Job, ...] = field(default_factory=lambda: table(SECRET))
    lines: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    reminded: set[tuple[str, datetime]] = field(default_factory=set)
    missed: list[tuple[int, str, str]] = field(default_factory=list)  # promise, who, the day on which they were due
    begun: datetime = field(
        default_factory=lambda: at(3, 2, 0)
    )  # the day of the round table: what was promised is told at once
    _last: int = 0
    _day: str = ""

    @property
    def now(self) -> datetime:
        return self.valley.town.clock.now()

    async def pass_to(self, until: datetime) -> None:
        """Through each moment at which something comes due, in order."""
        while True:
            due = await self._due()
            ahead = [moment for moment in due.values() if moment is not None and self.now < moment <= until]
            if not ahead:
                break
            await self._stand_at(min(ahead), due)
        await self._stand_at(until, due)

    async def stop_until(self, until: datetime) -> None:
        """The program is down. When it is up again another process finds what has come due meanwhile."""
        self._write(f"══ {self.now.astimezone(TBILISI):%d.%m} – {until.astimezone(TBILISI):%d.%m}: the program is down")
        async with self.valley.town.engine.connect() as db:
            for row in await promise_asking.due(db, now=until):
                asked = {"group": row.group_at, "office": row.office_at}
                due = [(who, moment) for who, moment in asked.items() if moment is not None and moment <= until]
                self.missed += [(row.promise_id, who, f"{moment.astimezone(TBILISI):%Y-%m-%d}") for who, moment in due]
        self.valley.town.worker = self.valley.town.new_worker()
        await self._stand_at(until, {})

    async def _due(self) -> dict[str, datetime | None]:
        async with self.valley.town.engine.connect() as db:
            jobs = (job for job in self.jobs if job.name not in ALONG)
            found = {job.name: await job.next_due(db, self.now, TBILISI) for job in jobs}
            return {**found, "": await queue.next_due(db)}

    async def _stand_at(self, moment: datetime, due: dict[str, datetime | None]) -> None:
        """Sweeps that say no moment of their own run along with the others."""
        self.valley.town.clock.move_to(moment)
        for job in self.jobs:
            if due.get(job.name) in {None, moment}:
                async with self.valley.town.engine.begin() as db:
                    await job.sweep(db, moment, TBILISI)
        await self.valley.town.worker.drain()
        await self._collect()

    async def does(self, phone: Phone, *steps: str, photo: bool = False) -> None:
        """Taps each label, written in English; sends what is no button, and a photo where one is asked for."""
        for step in steps:
            if step == "photo":
                self._write(f"    {phone.name}: (photo)")
                await phone.photo()
            elif step.startswith(">"):
                self._write(f"    {phone.name}: {step[1:]}")
                await phone.send(step[1:])
            else:
                label = in_words(phone.language, step, {})
                self._write(f"    {phone.name}: [{label}]")
                await self._tap(phone, label)
            await self._collect(phone.name)

    async def _tap(self, phone: Phone, label: str) -> None:
        try:
            await phone.tap(label)
        except NoSuchButton:
            await phone.tap("⋯")
            await phone.tap(label)

    async def _collect(self, writes: str | None = None) -> None:
        """`writes` has just sent something: what the others hear of it they have not asked for."""
        async with self.valley.town.engine.connect() as db:
            query = select(outbox.c.id, outbox.c.payload, addresses.c.external, addresses.c.channel)
            query = query.join(addresses, addresses.c.id == outbox.c.address_id)
            rows = (await db.execute(query.where(outbox.c.id > self._last, outbox.c.kind == "message"))).all()
            told = select(addresses.c.external, people.c.reminded_at).join(people, people.c.id == addresses.c.person_id)
            heard = (await db.execute(told.where(people.c.reminded_at.is_not(None)))).all()
        self.reminded |= {(row.external, row.reminded_at) for row in heard}
        heard_by: dict[tuple[str, str], list[str]] = {}
        for row in sorted(rows):
            self._last = row.id
            message, channel = loads(row.payload), row.channel.partition(":")[0]
            self.sent.append(Sent(self.now, row.external, channel, message["text"], row.external != writes))
            heard_by.setdefault((message["text"], _buttons(message)), []).append(f"{row.external} ({channel})")
        for (text, buttons), names in heard_by.items():
            body = "\n".join(f"      {line}".rstrip() for line in [*text.splitlines(), *([buttons] if buttons else [])])
            answers = all(name.partition(" ")[0] == writes for name in names)
            self._write(f"{'→' if answers else '⏰'} {', '.join(names)}\n{body}")

    def _write(self, line: str) -> None:
        """A line for each new day stands above what happened on it."""
        local = self.now.astimezone(TBILISI)
        day = f"{local:%Y-%m-%d}"
        if day != self._day:
            self._day = day
            self.lines.append(f"\n──── {day}")
        self.lines.append(f"{local:%H:%M} {line}" if line[0] in "⏰→" else line)

    def transcript(self) -> str:
        return "\n".join(self.lines).lstrip() + "\n"

    def nobody_was_disturbed(self) -> None:
        """No two reminders a day, none in quiet hours; nor anything else that somebody has not asked for. Only the
        answer to their own wish is told at once."""
        days = [(name, moment.astimezone(TBILISI).date()) for name, moment in self.reminded]
        assert len(days) == len(set(days))
        assert not [each for each in self.reminded if quiet(each[1], TBILISI)]
        assert not [one for one in self.sent if one.unasked and quiet(one.at, TBILISI)]
        unasked = Counter((one.name, one.at.astimezone(TBILISI).date()) for one in self.sent if self._unasked(one))
        assert [each for each, count in unasked.items() if count > 1] == []

    def nobody_was_asked_twice_within(self, days: int) -> None:
        """About one promise, by themselves; also when the program was up again after its pause."""
        asked: dict[tuple[str, str], datetime] = {}
        for one in filter(self._asks, self.sent):
            about = (one.name, next(line for line in one.text.splitlines() if line.startswith("„")))
            assert about not in asked or one.at - asked[about] >= timedelta(days=days), (about, one.at)
            asked[about] = one.at

    def _unasked(self, one: Sent) -> bool:
        return one.unasked and one.at > self.begun and not one.text.startswith(ANSWERED)

    def _asks(self, one: Sent) -> bool:
        return self._unasked(one) and any(words in one.text for words in ASKS)
