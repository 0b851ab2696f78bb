"""A municipality with promises of every standing, told by the same functions as in life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.promises import Axis, Finding, Source, Word
from scheduler import promise_states
from storage import promise_recording, promises
from storage.ledger import Witness
from storage.promises import NewPromise
from storage.tables.people import people
from storage.tables.places import communities, municipalities, villages
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON, TBILISI

TODAY = MONDAY_NOON.date()
YESTERDAY, LONG_AGO, LATER = TODAY - timedelta(days=1), TODAY - timedelta(days=60), TODAY + timedelta(days=40)
WEEKS_AGO = TODAY - timedelta(days=20)  # the office has heard of it since, so everybody reads it
ROADS, MAYOR = "გზების სამსახურის უფროსი", "მერი"
Told = tuple[Axis, dict[str, Any], date]


def saw(value: Finding, on: date = YESTERDAY, *, photo: bool = True) -> Told:
    return Axis.GROUP, {"value": value.value, "by": 1, "weight": 1, "photo": photo}, on


def said(value: Word, on: date = YESTERDAY, why: str | None = None) -> Told:
    return Axis.OFFICIAL, {"value": value.value, "why": why, "new_due": None}, on


async def settle(village: Village) -> None:
    async with village.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერის მუნიციპალიტეტი", name_en="Dzeveri"))
        two = [("ხეობა", "Valley"), ("მთისძირი", "Mtisdziri")]
        rows = [{"municipality_id": 1, "name_ka": ka, "name_en": en} for ka, en in two]
        await db.execute(insert(communities), rows)
        four = [("araguli", "არაგული", "Araguli", 1), ("zemo", "ზემო უბანი", "Zemo Ubani", 1)]
        four += [("kvemo", "ქვემო უბანი", "Kvemo Ubani", 2), ("tskaro", "წყაროსთავი", "Tskarostavi", 2)]
        homes = [{"code": c, "name_ka": ka, "name_en": en, "community_id": at} for c, ka, en, at in four]
        await db.execute(insert(villages), homes)
        await db.execute(insert(people).values(created_at=MONDAY_NOON))


async def promise(village: Village, words: str, due: date, *told: Told, at: int | None = 1, **more: Any) -> int:
    """Made a year ago to Araguli, or with `at` empty to the whole community; `more` is of NewPromise."""
    new = NewPromise(1, at, None, "roads", "Giorgi Beridze", ROADS, words, TODAY - timedelta(days=365), due)
    async with village.write.begin() as db:
        before: dict[str, Any] = {"now": MONDAY_NOON - timedelta(days=300), "zone": TBILISI}
        made = await promise_recording.put_down(db, new=replace(new, **more), person_id=1, **before)
        for kind, body, on in told:
            await tell(db, made, kind, body, on)
    return made


async def tell(db: AsyncConnection, which: int, kind: str, body: dict[str, Any], on: date = TODAY) -> None:
    when = datetime(on.year, on.month, on.day, 12, tzinfo=TBILISI)
    witness = Witness(1, note="Nino wrote this for the group")
    await promises.add(db, promise_id=which, kind=kind, body=body, witness=witness, now=when, zone=TBILISI)


async def turn(village: Village) -> None:
    """The days that have passed meanwhile."""
    async with village.write.begin() as db:
        await promise_states.sweep(db, village.clock.now(), TBILISI)


async def three(village: Village) -> None:
    await promise(village, "The <road> will be repaired", TODAY - timedelta(days=30), saw(Finding.DONE))
    await promise(village, "Water for the school", TODAY - timedelta(days=30))
    await promise(village, "A bus to town", TODAY + timedelta(days=30), at=None)
    await turn(village)


def _many() -> Sequence[tuple[str, str, date, tuple[Told, ...], dict[str, Any]]]:
    return (
        (
            "სოფლის შესასვლელიდან სკოლამდე გზა მოასფალტდება.",
            "roads",
            LONG_AGO,
            (said(Word.DONE), saw(Finding.DONE)),
            {},
        ),
        ("სკოლასთან წყლის მილი შეიცვლება.", "water", YESTERDAY, (saw(Finding.DONE, LONG_AGO),), {}),
        ("ცენტრალურ ქუჩაზე გარე განათება დამონტაჟდება.", "lighting", YESTERDAY, (saw(Finding.DONE_BADLY),), {}),
        (
            "საბავშვო ბაღის სახურავი შეკეთდება.",
            "kindergarten",
            LONG_AGO,
            (saw(Finding.NOTHING_SEEN, WEEKS_AGO),),
            {"at": 2},
        ),
        (
            "ავტობუსი კვირაში სამჯერ ივლის.",
            "transport",
            LONG_AGO,
            (said(Word.DONE, why="მძღოლი დაინიშნა"),),
            {"at": None},
        ),
        (
            "ნაგვის კონტეინერები დაიდგმება.",
            "waste",
            LONG_AGO,
            (said(Word.DONE, LONG_AGO), saw(Finding.NOTHING_SEEN, WEEKS_AGO)),
            {"at": None, "office": MAYOR},
        ),
        (
            "ამბულატორიაში ექიმი კვირაში ორჯერ მიიღებს.",
            "health_post",
            LATER,
            (said(Word.UNDER_WAY),),
            {"office": MAYOR},
        ),
        ("სარწყავი არხი გაიწმინდება.", "irrigation", LATER, (), {"at": 4, "community_id": 2}),
        ("მინი სტადიონი მოეწყობა.", "culture_youth", LATER, (), {"source": Source.CANDIDATE}),
    )


async def every(village: Village) -> None:
    """Of each standing one, and a candidate's words."""
    for words, kind, due, told, more in _many():
        await promise(village, words, due, *told, kind=kind, **more)
    await turn(village)
