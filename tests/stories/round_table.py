"""A round table that is over: what was entered at the desk, and who was there with a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from domain.meetings.entries import Verb, read
from domain.people import Role
from storage import meetings
from storage.tables.polls import needs
from storage.tables.roles import roles
from tests.stories.test_brief import agreed_list
from tests.stories.valley import ARAGULI, MUNICIPALITY, VALLEY, Valley
from tests.town import Phone

WORDS = "We will mend the bridge by May."


@dataclass
class RoundTable:
    valley: Valley
    meeting: int
    cora: Phone
    gia: Phone
    manana: Phone

    async def note(self, verb: Verb, by: str = "cora", **body: Any) -> str:
        person_id = await self.valley.person(by)
        now = self.valley.town.clock.now()
        async with self.valley.town.engine.begin() as db:
            _verb, checked = read(verb, body)
            return await meetings.note(db, meeting_id=self.meeting, verb=verb, body=checked, by=person_id, now=now)


async def held(valley: Valley) -> RoundTable:
    """One issue, an official who chairs, a member of the group who entered herself by the code."""
    await agreed_list(valley)
    cora = await valley.coordinator()
    manana = await valley.member("manana", Role.LEADER)
    gia = await valley.official("gia", "Gia", "Deputy mayor")
    by, now = await valley.person("cora"), valley.town.clock.now()
    role = (await valley.rows(select(roles.c.id).where(roles.c.person_id == await valley.person("gia"))))[0].id
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="released", public_words="The bridge is broken"))
        where = {"municipality_id": MUNICIPALITY, "community_ids": [VALLEY], "place": "The hall"}
        meeting = await meetings.make(db, **where, starts_at=now, by=by, secretary=by, now=now)  # type: ignore[arg-type]
    table = RoundTable(valley, meeting, cora, gia, manana)
    issue = {
        "need_id": 1,
        "village_id": ARAGULI,
        "community_id": VALLEY,
        "kind": "roads",
        "words": "The bridge is broken",
    }
    await table.note(Verb.AGENDA, items=[{"id": "item-0001", **issue, "place": 1, "minutes": 20, "asked": ""}])
    await table.note(
        Verb.INVITED, guest="guest-0001", name="Gia", office="Deputy mayor", branch="executive", role_id=role
    )
    await table.note(Verb.OPENED)
    await table.note(Verb.CHAIRED, chair="Gia", secretary="Cora")
    await table.note(Verb.ATTENDED, name="Gia", office="Deputy mayor", side="executive", sex="man")
    await table.note(Verb.ATTENDED, by="manana", name="Manana", side="community", sex="woman", by_code=True)
    await table.note(Verb.PRESENTED, item="item-0001", name="Manana", sex="woman")
    await table.note(Verb.HEARD, item="item-0001", words="We walk around since May.")
    await table.note(
        Verb.ANSWERED,
        item="item-0001",
        branch="executive",
        answer="yes",
        words="It will be mended.",
        name="Gia",
        office="Deputy mayor",
        counted="budget",
        year=2027,
    )
    await table.note(Verb.PROMISED, item="item-0001", name="Gia", office="Deputy mayor", words=WORDS, due="2026-05-31")
    await table.note(Verb.CLOSED)
    return table
