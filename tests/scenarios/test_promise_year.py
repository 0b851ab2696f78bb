"""A year of twelve promises in one municipality, on Telegram, Viber and the web, with everything that was said.

tests/transcripts/promise_year.txt is what went out, to be read through. When words have changed on purpose, delete the
file, run this again, and read what was written.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.catalogue import everything
from domain.people import Role
from domain.promises import Source, Status, Vague
from storage import ledger_check, promise_recording, promises
from storage.promises import NewPromise
from storage.tables.promise_states import promise_states
from storage.tables.turns import inbox
from tests.scenarios.promise_year import SECRET, Year, at
from tests.stories.valley import ARAGULI, GROUP, MUNICIPALITY, VALLEY, Valley
from tests.town import TBILISI, TELEGRAM, VIBER, WEB, Phone, Town

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "promise_year.txt"
GIORGI, ANA = ("გიორგი ბერიძე", "ინფრასტრუქტურის სამსახურის უფროსი"), ("ანა ლომიძე", "მერის მოადგილე")
MADE = date(2026, 3, 2)

ROAD, WATER, LIGHT, BRIDGE = (
    "სკოლის გზას მოვხრეშავთ",
    "წყალს ზემო უბანშიც მივიყვანთ",
    "ქუჩაში განათებას დავაყენებთ",
    "ხიდს შევაკეთებთ",
)
BUS, NURSERY, HEALTH, WASTE = (
    "ავტობუსი დღეში ორჯერ ივლის",
    "საბავშვო ბაღს შევაკეთებთ",
    "ამბულატორიას გავათბობთ",
    "ნაგვის ურნებს დავდგამთ",
)
CANAL, NET, PITCH, BIG = (
    "სარწყავ არხს გავწმენდთ",
    "ინტერნეტს მალე შემოვიყვანთ",
    "სტადიონს მოვაწყობთ",
    "ახალ სკოლას ავაშენებ",
)
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
TOLD: list[tuple[str, str, date | Vague, tuple[str, str], Source]] = [
    (ROAD, "roads", MAY, GIORGI, Source.ROUND_TABLE),
    (WATER, "water", MAY, GIORGI, Source.ROUND_TABLE),
    (LIGHT, "lighting", JUNE, GIORGI, Source.ROUND_TABLE),
    (BRIDGE, "roads", JUNE, GIORGI, Source.LETTER),
    (BUS, "transport", JUNE, ANA, Source.SESSION),
    (NURSERY, "kindergarten", JULY, ANA, Source.ROUND_TABLE),
    (HEALTH, "health_post", JULY, GIORGI, Source.YEARLY_REPORT),
    (WASTE, "waste", JULY, ANA, Source.ASSEMBLY),
    (CANAL, "irrigation", JULY, GIORGI, Source.ROUND_TABLE),
    (NET, "internet", Vague.SOON, ANA, Source.ROUND_TABLE),
    (PITCH, "culture_youth", Vague.NEXT_YEARS_BUDGET, ANA, Source.ROUND_TABLE),
    (BIG, "kindergarten", date(2026, 12, 1), ("ზურა კობახიძე", "მერობის კანდიდატი"), Source.CANDIDATE),
]


@pytest.fixture
async def year(engine: AsyncEngine) -> Year:
    valley = Valley(Town(engine, everything()))
    await valley.settle()
    return Year(valley)


class People:
    """Each with a phone in Georgian, on their own channel."""

    def __init__(self, year: Year) -> None:
        self.year, self.phones = year, dict[str, Phone]()

    async def come(self) -> None:
        for name, channel, village, role in (
            ("lela", TELEGRAM, ARAGULI, Role.LEADER),
            ("mari", VIBER, ARAGULI, Role.MEMBER),
            ("natia", WEB, ARAGULI, Role.MEMBER),
            ("nino", VIBER, ARAGULI, None),
            ("zura", TELEGRAM, ARAGULI, None),
            ("eka", WEB, ARAGULI, None),
            ("cora", WEB, None, Role.COORDINATOR),
        ):
            await self._one(name, channel, village)
            if role is not None:
                where = {"municipality_id": MUNICIPALITY} if role is Role.COORDINATOR else {"group_id": GROUP}
                await self.year.valley.grant(name, role, **where)
        for name, channel, (public, office) in (("giorgi", TELEGRAM, GIORGI), ("ana", VIBER, ANA)):
            await self._one(name, channel, None)
            held = {"municipality_id": MUNICIPALITY, "name": public, "office": office, "confirmed_at": self.year.now}
            await self.year.valley.grant(name, Role.OFFICIAL, **held)

    async def _one(self, name: str, channel: str, village: int | None) -> None:
        await self.year.valley.resident(name, village, channel=channel, language="ka")
        self.phones[name] = await self.year.valley.town.phone(name, "ka", channel)

    async def menu(self, name: str, *steps: str) -> None:
        await self.year.does(self.phones[name], ">/menu", *steps)

    async def checks(self, name: str, words: str, sight: str, *, photo: bool = False, note: str | None = None) -> None:
        where = ("არაგული",) if words == WATER else ()
        end = ("photo" if photo else "No photo", f">{note}" if note else "Skip")
        await self.opens(name, words, "👀 Tell what I see", sight, *where, *end)

    async def reports(self, name: str, words: str, *steps: str) -> None:
        await self.opens(name, words, "🏛 Tell how it stands", *steps)

    async def opens(self, name: str, words: str, *steps: str) -> None:
        """Who lives nowhere here says first which village is meant."""
        village = ("არაგული",) if name in {"giorgi", "ana", "cora"} else ()
        await self.menu(name, "🤝 Promises", *village, words[:12], *steps)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the other stories play on both
async def test_a_year_of_twelve_promises(year: Year) -> None:
    people = People(year)
    await people.come()
    await promised(year, people)
    await spring(year, people)
    await summer(year, people)
    await autumn_and_winter(year, people)
    await as_it_ended(year)
    the_month_was_told(year)
    year.nobody_was_disturbed()
    year.nobody_was_asked_twice_within(3)
    nothing_was_doubled(year)
    if not TRANSCRIPT.exists():
        TRANSCRIPT.write_text(year.transcript())
        pytest.fail("The transcript was not there and is written now: read it through.")
    assert year.transcript() == TRANSCRIPT.read_text(), "other words went out: delete the file, run again, and read it"


async def promised(year: Year, people: People) -> None:
    """The first in the leader's chat, word for word; the others as the desk of the round table writes them down."""
    await people.menu("lela", "✍ Write down a promise", "არაგული", "Roads", GIORGI[0], f">{ROAD}", "Today")
    await year.does(people.phones["lela"], "at a round table", "A day was named", ">01.05.2026", "Yes, write it down")
    lela = await year.valley.person("lela")
    for words, kind, due, (speaker, office), source in TOLD[1:]:
        village = None if words == WATER else ARAGULI
        new = NewPromise(VALLEY, village, None, kind, speaker, office, words, MADE, due, source)
        async with year.valley.town.engine.begin() as db:
            await promise_recording.record(db, new=new, person_id=lela, now=year.now, zone=TBILISI)
    await year.pass_to(at(3, 2, 13))
    for name, many in (("giorgi", 6), ("ana", 5)):
        await year.does(people.phones[name], "Yes, that is right", *(["Yes, now", "Yes, that is right"] * (many - 1)))
    year.begun = year.now
    await people.opens("nino", ROAD, "🔔 Tell me when it changes")


async def spring(year: Year, people: People) -> None:
    await year.pass_to(at(4, 17, 12))
    await people.checks("lela", ROAD, "Work is going on", note="ხრეში ჩამოყარეს")
    await year.pass_to(at(4, 28))
    await people.reports("giorgi", ROAD, "Done", "Nothing to add", "Without one")
    await people.reports("giorgi", LIGHT, "It cannot be done", ">წელს ბიუჯეტში ფული აღარ დარჩა", "Without one")
    await year.pass_to(at(4, 30))
    await people.checks("lela", ROAD, "It is done", photo=True)
    await people.opens("lela", LIGHT, "🤝 Answer what the official asks for", "No, we do not agree")
    await year.does(people.phones["lela"], ">სოფელში ღამით სიარული საშიშია")
    await people.opens("lela", NURSERY, "➕ Add to it", "✂ It has several parts", ">ბაღის სახურავს შევაკეთებთ")
    await year.does(people.phones["lela"], ">01.07.2026", "Yes, one more", ">ბაღის ეზოს მოვაწყობთ", ">01.02.2027")
    await year.does(people.phones["lela"], "No, that is all", "Yes")
    await year.pass_to(at(5, 6))
    await people.opens("nino", ROAD, "✋ I see it otherwise", "No photo")
    await year.pass_to(at(5, 7))
    await people.checks("mari", ROAD, "It is done", photo=True)
    await people.opens("nino", ROAD, "👍 I see it too", "No photo")
    await year.pass_to(at(5, 20, 22))  # an office may write at night; who hears of it sleeps
    await people.reports("ana", BUS, "It has to change", ">ავტობუსი შეკეთებაშია", ">01.09.2026", "Without one")
    await year.pass_to(at(5, 21))
    await people.opens("lela", BUS, "🤝 Answer what the official asks for", "Yes, we agree", "Skip")
    hand = ("➕ Add to it", "➡ Somebody else answers for it now", ANA[0], ">ამბულატორია ახლა მერის მოადგილეს აბარია")
    await people.opens("lela", HEALTH, *hand)


async def summer(year: Year, people: People) -> None:
    await year.pass_to(at(6, 10))
    await people.reports("giorgi", BRIDGE, "Done", "Nothing to add", "Without one")
    await year.pass_to(at(6, 12))
    await people.checks("mari", BRIDGE, "Nothing to be seen yet", note="ხიდი ისევ ისეა")
    await year.pass_to(at(6, 19))
    await people.checks("mari", WATER, "It is done", photo=True)
    await year.pass_to(at(6, 27))
    await year.stop_until(at(7, 4))
    await nothing_was_missed(year)
    await year.pass_to(at(7, 8))
    await people.checks("natia", BRIDGE, "It is done", photo=True)
    for name in ("lela", "mari"):
        await people.checks(name, WASTE, "Done, but badly")
    await people.checks("lela", "ბაღის სახურავს", "It is done", photo=True)
    await people.reports("ana", HEALTH, "Done", "Nothing to add", "Without one")
    await year.pass_to(at(7, 12))
    for name in ("natia", "mari"):
        await people.checks(name, HEALTH, "It is done")
    for name in ("nino", "zura", "eka"):
        await people.opens(name, WASTE, "✋ I see it otherwise", "No photo")
    await year.pass_to(at(7, 20))
    await people.checks("natia", WASTE, "Done, but badly", photo=True)
    await people.menu("cora", "🗓 Offices and elections", "There will be an election", ">15.09.2026", ">05.10.2026")


async def autumn_and_winter(year: Year, people: People) -> None:
    await year.pass_to(at(8, 28))
    await people.reports("ana", BUS, "Done", "Nothing to add", "Without one")
    await people.checks("mari", BUS, "It is done", photo=True)
    await year.pass_to(at(10, 1))
    await people.reports("ana", NET, "Under way", ">ანძა უკვე დგას", "Without one")
    await year.pass_to(at(3, 1, year=2027))


async def as_it_ended(year: Year) -> None:
    async with year.valley.town.engine.connect() as db:
        every = await promises.of_village(db, village_id=ARAGULI)
        rows = {row.promise_id: row for row in await db.execute(select(promise_states))}
        assert await ledger_check.verify(db, secret=SECRET.encode()) is None
    today = year.now.astimezone(TBILISI).date()
    stands = {one.new.words: one.verdict(today).status for one in every}
    assert stands == {
        ROAD: Status.KEPT,
        WATER: Status.KEPT_LATE,
        LIGHT: Status.BROKEN,
        BRIDGE: Status.KEPT_LATE,
        BUS: Status.KEPT,
        NURSERY: Status.NOT_YET_DUE,  # as on the day on which it was split
        "ბაღის სახურავს შევაკეთებთ": Status.KEPT_LATE,
        "ბაღის ეზოს მოვაწყობთ": Status.OVERDUE,
        HEALTH: Status.KEPT_LATE,
        WASTE: Status.KEPT_IN_PART,
        CANAL: Status.OVERDUE,  # nobody has looked, and so it says
        NET: Status.OVERDUE,
        PITCH: Status.NOT_YET_DUE,
        BIG: Status.OVERDUE,
    }
    assert {one.id: one.verdict(today).status for one in every} == {each: rows[each].status for each in rows}
    assert [one.new.words for one in every if not one.counted] == [NURSERY, BIG]


async def nothing_was_missed(year: Year) -> None:
    """Whoever was to be asked in the week in which the program was down is asked now that it is up again."""
    async with year.valley.town.engine.connect() as db:
        told = list((await db.execute(select(inbox.c.external_id).where(inbox.c.channel == "self"))).scalars())
    assert len(year.missed) >= 6, "the group and the office of each promise whose day was 1 July"
    for promise_id, who, day in year.missed:
        assert any(name.startswith(f"promise:{promise_id}:{who}:{day}>") for name in told)
    assert not [one for one in year.sent if at(6, 27) < one.at < at(7, 4)]


def the_month_was_told(year: Year) -> None:
    """Its first working day fell into the pause: both offices hear of it after, once."""
    told = [one.name for one in year.sent if "თვის დასაწყისში" in one.text and at(6, 20) < one.at < at(7, 20)]
    assert sorted(told) == ["ana", "giorgi"]


def nothing_was_doubled(year: Year) -> None:
    unasked = Counter((one.name, one.text, one.at.astimezone(TBILISI).date()) for one in year.sent if one.unasked)
    assert [each for each, count in unasked.items() if count > 1] == []
