"""Minutes on three phones: a draft, two changes of which one is refused, the lock, and who says that they have them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from domain.meetings.entries import Verb, read
from domain.people import CONSENT_VERSION, Role
from storage import meetings
from storage.people import PURPOSE
from storage.tables.people import addresses, consents, people
from storage.tables.roles import roles
from storage.tables.turns import runs
from tests.scenarios.letters import Letters
from tests.scenarios.program import Program
from tests.scenarios.villager import Handset, Villager, own
from tests.stories.valley import GROUP, MUNICIPALITY

MAYOR, MEMBER = "გია მაისურაძე", "მანანა"
APRIL, WEEK = "ხიდი აპრილიდან არის ჩატეხილი.", "მერმა თქვა, მომავალ კვირასო."
OTHERWISE = "მე სხვანაირად მახსოვს."


@dataclass
class Hall:
    """`nana` writes the minutes, `gia` was in the chair, `manana` entered herself by the code."""

    program: Program
    meeting: int
    nana: Villager
    gia: Villager
    manana: Villager
    secretary: int

    async def note(self, verb: Verb, by: int, **body: Any) -> None:
        now = self.program.clock.now()
        async with self.program.days.write.begin() as db:
            checked = read(verb, body)[1]
            await meetings.note(db, meeting_id=self.meeting, verb=verb, body=checked, by=by, now=now)


async def known(
    running: Program, name: str, phone: Handset, letters: Letters, role: dict[str, Any]
) -> tuple[Villager, int]:
    """Somebody who was welcomed long ago and holds this role."""
    who, now = Villager(name, "ka", phone, letters), running.clock.now()
    await who.start()
    await who.send("/menu")  # who has not written yet is told nothing by Viber
    await running.settle()
    external = await phone.external()
    async with running.days.write.begin() as db:
        found = select(addresses.c.person_id).where(addresses.c.external == external)
        person = int((await db.execute(found)).scalar_one())
        told = {"welcomed_at": now, "language": "ka", "village_id": 1}
        await db.execute(update(people).where(people.c.id == person).values(**told))
        await db.execute(update(runs).where(runs.c.person_id == person).values(state="done"))
        yes = {"purpose": PURPOSE, "version": CONSENT_VERSION, "language": "ka", "given_at": now}
        await db.execute(insert(consents), [{**yes, "person_id": person}])
        await db.execute(insert(roles).values(person_id=person, granted_at=now, **role))
    return who, person


def leader() -> dict[str, Any]:
    return {"role": Role.LEADER, "group_id": GROUP, "name": "ნანა"}


def member() -> dict[str, Any]:
    return {"role": Role.MEMBER, "group_id": GROUP, "name": MEMBER}


def mayor(running: Program) -> dict[str, Any]:
    confirmed = {"confirmed_at": running.clock.now(), "municipality_id": MUNICIPALITY}
    return {"role": Role.OFFICIAL, "name": MAYOR, "office": "მერი", **confirmed}


async def opened(hall: Hall) -> None:
    await hall.nana.menu("📜 Minutes of a meeting", "Open to those who attended")
    await hall.nana.send("5")
    await hall.program.settle()
    await hall.manana.phone.wait("ოქმი")


async def asks(hall: Hall, words: str) -> None:
    await hall.manana.menu("📜 Read the draft of the minutes")
    await hall.program.settle()
    await hall.manana.taps("I ask for a change", own("1. "))
    await hall.manana.send(words)
    await hall.program.settle()
    await hall.gia.phone.wait(words)


async def one_is_taken_in(hall: Hall) -> None:
    await asks(hall, APRIL)
    await hall.gia.taps("It is taken in")
    await hall.nana.menu("📜 Minutes of a meeting", "Answer a change", own(f"{MEMBER}: {APRIL[:10]}"))
    await hall.nana.taps("I answer as the secretary", "It is taken in")


async def one_is_refused(hall: Hall) -> None:
    await asks(hall, WEEK)
    await hall.gia.taps("It is not taken in")
    await hall.gia.send(OTHERWISE)


async def locked(hall: Hall) -> None:
    hall.program.clock.forward(timedelta(days=6))
    await hall.nana.menu("📜 Minutes of a meeting", "Lock them", "Yes, lock them")
    await hall.program.settle()


async def received(hall: Hall) -> None:
    """One on Viber, where what came of it stands below and has the button too, one on Telegram."""
    for who, button in ((hall.gia, "✓ I have received the minutes"), (hall.manana, "✓ I have received them")):
        await who.taps(button)
        await who.hears("Thank you. It is written down that you have them, and since when.")
    await hall.nana.menu("📜 Minutes of a meeting", "Who has them")
    await hall.program.settle()
