"""What an annex rests on: who agreed, doors and collectors as numbers, promises; and what money takes off a list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from domain.dialogue import Party, Stand
from domain.grants import Terms
from domain.money import Money, Source, Stage
from domain.refusal import Refused
from domain.rounds import Outcome
from storage import grant_applications, grant_evidence, grant_needs, promise_money, promise_recording
from storage.grant_evidence import Evidence
from storage.ledger import Witness
from storage.promises import NewPromise
from storage.tables.doors import rounds, visits
from storage.tables.grants import grant_calls
from storage.tables.places import villages
from storage.tables.polls import answers, needs
from tests.stories.test_grants import opened
from tests.stories.three import BRIDGE, LIGHT, SECRET, WATER, Three, three
from tests.stories.valley import ARAGULI, VALLEY, Valley
from tests.town import TBILISI


async def agreed(valley: Valley) -> Three:
    here = await three(valley)
    await here.open()
    await here.vote()
    await here.confirm(here.lela, here.gela, here.dato)
    await opened(valley)
    return here


async def went_round(valley: Valley, member: str, outcomes: dict[Outcome, int]) -> None:
    """From door to door, with an answer written down behind each door that opened."""
    now, member_id = valley.town.clock.now(), await valley.person(member)
    here = {"poll_id": 1, "village_id": ARAGULI}
    async with valley.town.engine.begin() as db:
        row = insert(rounds).values(**here, member_id=member_id, begun_at=now).returning(rounds.c.id)
        round_id = (await db.execute(row)).scalar_one()
        doors = [outcome for outcome, many in outcomes.items() for _each in range(many)]
        rows = [{"round_id": round_id, "number": at, "at": now, "outcome": one} for at, one in enumerate(doors, 1)]
        await db.execute(insert(visits), rows)
        entered = {"origin": "door_to_door", "state": "complete", "answered_at": now, "entered_by": member_id}
        await db.execute(insert(answers), [{**here, **entered}] * outcomes[Outcome.ANSWERED])


async def evidence(valley: Valley, *need_ids: int, by: str = "lela") -> Evidence:
    now, today, me = valley.town.clock.now(), valley.today(), await valley.person(by)
    async with valley.town.engine.begin() as db:
        who: dict[str, Any] = {"by": me, "today": today}
        made = await grant_applications.make(db, call_id=1, group_id=1, need_ids=need_ids, now=now, **who)
        return await grant_evidence.read(db, application_id=made, zone=TBILISI, **who)


async def test_who_agreed_to_which_version_and_how_people_were_asked(valley: Valley) -> None:
    here = await agreed(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(update(villages).values(population=330))
    await went_round(valley, "mzia", {Outcome.ANSWERED: 11, Outcome.NOBODY: 3, Outcome.UNDONE: 4})
    [bridge] = (await evidence(valley, here.needs[BRIDGE])).needs
    assert bridge.listed is not None
    assert bridge.listed.version == 1
    stood = {party: (one.stand, one.name) for party, one in (bridge.listed.stood or {}).items()}
    assert stood == {
        Party.GROUP: (Stand.CONFIRMED, None),
        Party.TRUSTEE: (Stand.CONFIRMED, "Gela G., trustee of Araguli"),
        Party.DEPUTY: (Stand.CONFIRMED, "Dato D., deputy"),
    }
    asked = bridge.survey
    assert (asked.homes, asked.doors, asked.answered) == (100, 10, 10), "in steps of five, downwards"
    assert (asked.flagged, asked.collectors, asked.own) == (None, 1, 1)
    assert bridge.facts.words == BRIDGE
    await valley.resident("maka")
    with pytest.raises(Refused, match="not_allowed"):
        await evidence(valley, here.needs[WATER], by="maka")


async def test_money_takes_a_need_off_and_a_draft_does_not(valley: Valley) -> None:
    here = await agreed(valley)
    me, now, today = await valley.person("lela"), valley.town.clock.now(), valley.today()
    soon = today + timedelta(days=60)
    promise = NewPromise(VALLEY, ARAGULI, here.needs[WATER], "water", "Gia", "Mayor", "Water will come", today, soon)
    async with valley.town.engine.begin() as db:
        promise_id = await promise_recording.record(db, new=promise, person_id=me, now=now, zone=TBILISI)

    async def listed() -> list[str | None]:
        async with valley.town.engine.connect() as db:
            terms = Terms(1, today)
            return [
                each.words for each in await grant_needs.open_needs(db, villages=[ARAGULI], terms=terms, today=today)
            ]

    async def found(stage: Stage) -> None:
        money = Money(stage, today.year, True, today, Source.SITE)
        async with valley.town.engine.begin() as db:
            await promise_money.tell(db, promise_id=promise_id, money=money, witness=Witness(me), now=now)

    assert await listed() == [BRIDGE, WATER, LIGHT], "and not what waits to be read"
    [water] = (await evidence(valley, here.needs[WATER])).needs
    assert [one.new.words for one in water.promises] == ["Water will come"]
    await found(Stage.DRAFT)
    assert await listed() == [BRIDGE, WATER, LIGHT]
    await found(Stage.ADOPTED)
    assert await listed() == [BRIDGE, LIGHT]
    with pytest.raises(Refused, match="gone"):
        await evidence(valley, here.needs[WATER])
    secret = (await valley.rows(select(needs.c.id).where(needs.c.words == SECRET)))[0].id
    with pytest.raises(Refused, match="gone"):
        await evidence(valley, secret)
    async with valley.town.engine.begin() as db:
        await db.execute(update(grant_calls).values(ended_at=now))
    with pytest.raises(Refused, match="grant_deadline"):
        await evidence(valley, here.needs[BRIDGE])
