"""Residents vote on who speaks for them; a leader who takes an office hands the group on and keeps her page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from domain.people import Role
from domain.trainings import Answer
from scheduler import mandates as sweeper
from storage.tables.mandates import candidates, mandate_ballots, mandate_voters, mandates
from storage.tables.roles import roles
from storage.tables.trainings import training_invites, trainings
from tests.stories.three import BRIDGE, speaker, three
from tests.stories.valley import ARAGULI, GROUP, MTA, MUNICIPALITY, Valley
from tests.town import TBILISI, TELEGRAM, WEB, Phone


@dataclass
class Community:
    """A leader, two members of the group, and seven neighbours."""

    valley: Valley
    lela: Phone
    mzia: Phone
    gia: Phone
    neighbours: list[Phone]

    async def asks(self, seats: str = "2") -> None:
        await self.lela.send("/menu")
        await self.lela.tap("Who speaks for us: the vote")
        for label in ("Lela", "Mzia", "Gia", "Done", seats):
            await self.lela.tap(label)

    async def accepts(self) -> None:
        for phone, name, woman in (
            (self.lela, "Lela K.", "Yes"),
            (self.mzia, "Mzia M.", "Yes"),
            (self.gia, "Gia G.", "No"),
        ):
            await phone.tap("Yes, I stand")
            await phone.send(name)
            await phone.tap(woman)

    async def begins(self) -> None:
        await self.lela.send("/menu")
        for label in ("Who speaks for us: the vote", "Begin the vote", "3 days"):
            await self.lela.tap(label)

    async def vote(self, phone: Phone, *names: str) -> None:
        for name in names:
            await phone.tap(name)
        await phone.tap("Done")

    async def ends(self) -> None:
        self.valley.town.clock.forward(timedelta(days=4))
        async with self.valley.town.engine.begin() as db:
            await sweeper.sweep(db, self.valley.town.clock.now(), TBILISI)
        await self.valley.town.worker.drain()

    async def elected(self) -> None:
        await self.asks()
        await self.accepts()
        await self.begins()
        for phone in self.neighbours:
            await self.vote(phone, "Mzia M.", "Lela K.")
        await self.ends()


@pytest.fixture
async def community(valley: Valley) -> Community:
    lela = await speaker(valley, "lela", TELEGRAM, Role.LEADER, name="Lela")
    mzia = await speaker(valley, "mzia", TELEGRAM, Role.MEMBER, name="Mzia")
    gia = await speaker(valley, "gia", TELEGRAM, Role.MEMBER, name="Gia")
    neighbours = [await valley.resident(f"neighbour{number}", ARAGULI, TELEGRAM) for number in range(7)]
    return Community(valley, lela, mzia, gia, neighbours)


async def heard(phone: Phone) -> str:
    return "\n\n".join(await phone.texts())


async def test_residents_elect_in_secret_and_hear_the_result(community: Community) -> None:
    await community.asks()
    assert not await community.valley.rows(select(mandates.c.closes).where(mandates.c.closes.is_not(None)))
    await community.accepts()
    assert "Lela K.: stands" in await heard(community.lela)
    await community.begins()
    for number, phone in enumerate(community.neighbours):
        await community.vote(phone, *(("Gia G.", "Mzia M.") if number < 6 else ("Gia G.",)))
    assert "nobody sees how it stands" in await heard(community.lela)
    ballots = await community.valley.rows(select(mandate_ballots))
    assert set(ballots[0]._fields) == {"token", "mandate_id", "chosen"}
    await community.ends()
    shown = await heard(community.neighbours[0])
    assert "• Mzia M. – at least 5 votes" in shown
    assert "• Gia G. – at least 5 votes" in shown
    assert "At least 5 people voted." in shown
    for table in (mandate_ballots, mandate_voters):
        assert not await community.valley.rows(select(table))


async def test_a_small_vote_tells_no_numbers_and_a_woman_is_among_them(community: Community) -> None:
    await community.asks(seats="1")
    await community.accepts()
    await community.begins()
    for phone, name in zip(community.neighbours[:4], ("Gia G.", "Gia G.", "Gia G.", "Lela K."), strict=True):
        await community.vote(phone, name)
    await community.ends()
    shown = await heard(community.neighbours[5])
    assert "• Lela K. – fewer than 5 votes\nFewer than 5 people voted." in shown
    assert "Gia G." not in shown.split("The vote is over")[1]


async def test_who_was_not_asked_first_is_on_no_ballot(community: Community) -> None:
    await community.asks(seats="1")
    await community.mzia.tap("Yes, I stand")
    await community.mzia.send("Mzia M.")
    await community.mzia.tap("Yes")
    await community.gia.tap("No, thank you")
    await community.begins()
    labels = [label for label, _data in (await community.neighbours[0].last()).buttons]
    assert any("Mzia M." in label for label in labels)
    assert not any("Gia" in label or "Lela" in label for label in labels)


async def test_no_vote_without_a_woman(community: Community) -> None:
    await community.asks(seats="1")
    await community.gia.tap("Yes, I stand")
    await community.gia.send("Gia G.")
    await community.gia.tap("No")
    await community.begins()
    assert "has to be a woman" in await heard(community.lela)
    assert not await community.valley.rows(select(mandates).where(mandates.c.closes.is_not(None)))


async def test_a_vote_is_once_for_who_lives_there_and_has_an_account(community: Community) -> None:
    far = await community.valley.resident("far", MTA, TELEGRAM)
    web = await community.valley.resident("visitor", ARAGULI, WEB)
    await community.asks(seats="1")
    await community.accepts()
    await community.begins()
    assert "speak for your community" not in await heard(far)
    assert "Please vote from Telegram or Viber" in await heard(web)
    await community.vote(community.neighbours[0], "Mzia M.")
    assert len(await community.valley.rows(select(mandate_voters))) == 1


async def test_the_page_shows_what_they_learned_did_and_carried(valley: Valley) -> None:
    town = await three(valley)
    community = Community(valley, town.lela, town.mzia, town.mzia, [])
    person = await valley.person("lela")
    async with valley.town.engine.begin() as db:
        row = {"group_id": GROUP, "seats": 1, "opened_by": 1, "opened_at": valley.town.clock.now(), "turnout": 5}
        await db.execute(insert(mandates), [{**row, "closed_at": valley.town.clock.now()}])
        lela = {"mandate_id": 1, "person_id": person, "name": "Lela K.", "woman": True}
        await db.execute(insert(candidates), [{**lela, "accepted": True, "elected": True, "votes": 5}])
    await trained(valley, "lela")
    await town.open()
    await town.vote()
    await town.confirm(town.lela, town.gela, town.dato)
    await community.mzia.send("/menu")
    for label in ("More", "What we did ourselves"):
        await community.mzia.tap(label)
    await community.mzia.send("We cleaned the spring")
    await community.mzia.tap("No photo")
    await community.mzia.tap("Yes")
    nino = await valley.town.phone("nino")
    await nino.send("/menu")
    await nino.tap("Who speaks for us")
    shown = await heard(nino)
    assert "Lela K.\nElected by the residents on 2 March 2026." in shown
    assert "• Training: the law on self-government (1 March 2026)" in shown
    assert f"What the group carries to the round table:\n• 🛣️ Roads – {BRIDGE}" in shown
    assert "With our own hands: “We cleaned the spring”" in shown


async def trained(valley: Valley, name: str) -> None:
    now = valley.town.clock.now()
    held = {"number": 1, "kind": "training", "topic": "law", "municipality_id": MUNICIPALITY, "audience": ["groups"]}
    held |= {"starts_at": now - timedelta(days=1), "place": "the school", "created_by": 1, "created_at": now}
    person = await valley.person(name)
    async with valley.town.engine.begin() as db:
        await db.execute(insert(trainings), [{**held, "announce_at": now}])
        came = {"training_id": 1, "person_id": person, "answer": Answer.COMING, "answered_at": now}
        await db.execute(insert(training_invites), [came])


async def steps_up(phone: Phone, office: str, successor: str) -> None:
    await phone.send("/menu")
    for label in ("More", "I have taken an office", office):
        await phone.tap(label)
    await phone.send("01.03.2026")
    for label in (successor, "Yes"):
        await phone.tap(label)


async def test_a_leader_who_takes_an_office_hands_the_group_on_and_keeps_her_page(community: Community) -> None:
    await community.elected()
    lela = community.lela
    await steps_up(lela, "member of the council", "Mzia")
    assert "Will you lead the group after them?" in await heard(community.mzia)
    await community.mzia.tap("Yes, I lead it")
    assert "leads the group now" in await heard(lela)
    held = {
        (row.person_id, row.role)
        for row in await community.valley.rows(
            select(roles).where(roles.c.ended_at.is_(None), roles.c.group_id == GROUP)
        )
    }
    assert (await community.valley.person("mzia"), Role.LEADER) in held
    assert not {role for person, role in held if person == await community.valley.person("lela")}
    neighbour = community.neighbours[0]
    await neighbour.send("/menu")
    await neighbour.tap("Who speaks for us")
    shown = await neighbour.tap("Lela K.")
    assert "In local self-government since 1 March 2026: member of the council." in shown.text


async def test_until_the_successor_accepts_she_does_not_speak_for_the_group(community: Community) -> None:
    await community.elected()
    await steps_up(community.lela, "gender equality council", "Gia")
    await community.gia.tap("No, thank you")
    assert "Please choose another" in await heard(community.lela)
    await community.lela.send("/menu")
    for label in ("More", "I have taken an office", "Mzia"):
        await community.lela.tap(label)
    assert "Will you lead the group after them?" in await heard(community.mzia)


async def test_a_leader_who_took_an_office_does_not_confirm_the_list(valley: Valley) -> None:
    town = await three(valley)
    await town.open()
    await town.vote()
    await town.menu(town.lela, "Confirm the list")
    answer = await town.lela.data("Yes: this is what the village needs")
    await steps_up(town.lela, "council of civil advisors", "Member 2")
    await town.lela.act(tap=answer, callback="c")
    assert "The group: has not answered yet" in await town.menu(town.gela)
    await town.mzia.tap("Yes, I lead it")
    await town.confirm(town.mzia)
    assert "The group: confirmed on" in await town.menu(town.gela)


async def test_who_is_forgotten_has_no_page_any_more(community: Community) -> None:
    await community.elected()
    await community.mzia.send("/forget")
    await community.mzia.tap("Yes")
    names = {row.name for row in await community.valley.rows(select(candidates.c.name).where(candidates.c.elected))}
    assert names == {"Lela K.", None}
