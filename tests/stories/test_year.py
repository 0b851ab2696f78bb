"""Where we are: everybody's next step stands first in the menu, and who has not begun it hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import insert, select, update

from domain.meetings.entries import Verb
from domain.people import Role
from domain.refusal import Refused
from domain.year import Progress, State, Step, Year
from scheduler import year_reminders
from storage import meetings, promise_recording, year
from storage.promises import NewPromise
from storage.tables.people import people
from storage.tables.polls import agreed_lists
from storage.tables.roles import groups
from storage.tables.trainings import trainings
from storage.tables.turns import inbox
from storage.tables.years import year_marks
from tests.stories.valley import ARAGULI, HILL, MUNICIPALITY, VALLEY, ZEMO, Valley
from tests.stories.workshop import Bench
from tests.town import TBILISI, Shown


async def standing(valley: Valley, community: int = VALLEY) -> Year:
    async with valley.town.engine.connect() as db:
        found = await year.standing(db, where=[community], now=valley.town.clock.now(), zone=TBILISI)
        return found[community]


async def state(valley: Valley, step: Step) -> State:
    return (await standing(valley))[step].state


async def sweep(valley: Valley) -> int:
    async with valley.town.engine.begin() as db:
        found = await year_reminders.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()
    return found


async def next_due(valley: Valley) -> datetime | None:
    async with valley.town.engine.connect() as db:
        return await year_reminders.next_due(db, valley.town.clock.now(), TBILISI)


async def training(valley: Valley, *, days: int, communities: list[int] | None = None) -> None:
    now = valley.town.clock.now()
    row = {"number": 1, "kind": "training", "topic": "law", "municipality_id": MUNICIPALITY, "place": "School"}
    row |= {"audience": ["groups"], "created_by": 1, "created_at": now, "announce_at": now}
    async with valley.town.engine.begin() as db:
        at = now + timedelta(days=days)
        await db.execute(insert(trainings).values(**row, community_ids=communities, starts_at=at))


async def agree(valley: Valley, poll_id: int, village: int) -> None:
    row = {"poll_id": poll_id, "village_id": village, "recorded_by": 1, "recorded_at": valley.town.clock.now()}
    async with valley.town.engine.begin() as db:
        await db.execute(insert(agreed_lists).values(**row))


def labels(shown: Shown) -> list[str]:
    return [label for label, _data in shown.buttons]


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TBILISI).astimezone(UTC)


# what is recognised


async def test_a_training_is_seen_when_announced_and_done_when_held(valley: Valley) -> None:
    await valley.coordinator()
    assert await state(valley, Step.LEARN) is State.NEXT
    await training(valley, days=10)
    assert await state(valley, Step.LEARN) is State.UNDER_WAY
    valley.town.clock.forward(timedelta(days=11))
    assert await state(valley, Step.LEARN) is State.DONE


async def test_a_training_for_other_communities_is_not_ours(valley: Valley) -> None:
    await valley.coordinator()
    await training(valley, days=10, communities=[HILL, VALLEY * 10 + 1])
    assert await state(valley, Step.LEARN) is State.NEXT
    await training(valley, days=10, communities=[HILL, VALLEY])
    assert await state(valley, Step.LEARN) is State.UNDER_WAY


async def test_the_poll_and_the_list_of_every_village_that_was_asked(valley: Valley) -> None:
    poll_id = await valley.poll(days=14)
    assert await state(valley, Step.SURVEY) is State.UNDER_WAY
    assert (await standing(valley, HILL))[Step.SURVEY].state is State.AHEAD
    valley.town.clock.forward(timedelta(days=15))
    assert await state(valley, Step.SURVEY) is State.DONE
    await agree(valley, poll_id, ARAGULI)
    assert await state(valley, Step.AGREE) is State.UNDER_WAY
    await agree(valley, poll_id, ZEMO)
    assert await state(valley, Step.AGREE) is State.DONE


async def test_promises_are_a_round_table_and_checks_are_monitoring(valley: Valley) -> None:
    valley.town.clock.move_to(at(10, 14))
    lela, _official = await valley.member("lela", Role.LEADER), await valley.official("otar", "Otar", "Roads")
    await _promise(valley)
    assert await state(valley, Step.ROUND_TABLE) is State.DONE
    assert await state(valley, Step.MONITOR) is State.NEXT
    await lela.send("/menu")
    await lela.tap("I looked at a promise")
    await lela.tap("The bridge")
    await lela.tap("Work is going on")
    await lela.tap("No photo")
    await lela.tap("Skip")
    assert await state(valley, Step.MONITOR) is State.DONE


async def test_a_round_table_is_prepared_opened_and_held_whether_or_not_anything_was_promised(valley: Valley) -> None:
    valley.town.clock.move_to(at(9, 14))
    lela, by, now = await valley.member("lela", Role.LEADER), await valley.person("lela"), valley.town.clock.now()

    async def both() -> tuple[State, State]:
        return await state(valley, Step.PREPARE), await state(valley, Step.ROUND_TABLE)

    assert both_open(await both())
    async with valley.town.engine.begin() as db:
        where = {"municipality_id": MUNICIPALITY, "community_ids": [VALLEY], "place": "The hall"}
        await meetings.make(db, **where, starts_at=now, by=by, secretary=by, now=now)  # type: ignore[arg-type]
    assert both_open(await both()), "a day alone is no agenda"
    issue = {"need_id": 1, "village_id": ARAGULI, "community_id": VALLEY, "kind": "roads", "words": "The bridge"}
    agenda = {"items": [{"id": "item-0001", **issue, "place": 1, "minutes": 20, "asked": ""}]}
    seen = []
    for verb, body in ((Verb.AGENDA, agenda), (Verb.OPENED, {}), (Verb.CLOSED, {})):
        async with valley.town.engine.begin() as db:
            await meetings.note(db, meeting_id=1, verb=verb, body=body, by=by, now=now)
        seen.append(await both())
    assert [each[0] for each in seen] == [State.UNDER_WAY, State.DONE, State.DONE]
    assert [each[1] for each in seen][1:] == [State.UNDER_WAY, State.DONE]
    assert "prepare what the group will show" not in (await lela.send("/menu")).text


def both_open(states: tuple[State, State]) -> bool:
    return not {State.UNDER_WAY, State.DONE} & set(states)


async def _promise(valley: Valley) -> None:
    today, lela = valley.today(), await valley.person("lela")
    async with valley.town.engine.begin() as db:
        new = NewPromise(VALLEY, ARAGULI, None, "roads", "Otar", "Roads", "The bridge", today, today)
        now = valley.town.clock.now()
        await promise_recording.record(db, new=new, person_id=lela, now=now, zone=TBILISI)


async def test_last_year_is_another_year(valley: Valley) -> None:
    await valley.poll(days=14)
    await training(valley, days=1)
    valley.town.clock.move_to(datetime(2027, 1, 5, 8, tzinfo=UTC))
    found = await standing(valley)
    assert (found.number, found[Step.LEARN].state, found[Step.SURVEY].state) == (2027, State.NEXT, State.AHEAD)


# the menu


async def test_the_coordinator_reads_their_own_next_step_and_begins_it(valley: Valley) -> None:
    cora = await valley.coordinator()
    shown = await cora.send("/menu")
    assert shown.text.startswith("Next for you: announce a training – by 31 March.")
    assert "raining" in labels(shown)[0]
    await training(valley, days=1)
    shown = await cora.send("/menu")
    assert shown.text.startswith("Next for you: open the poll – by 1 September.")
    assert labels(shown)[0] == "📊 Polls"
    assert labels(shown).count("📊 Polls") == 1
    assert "Which poll?" in (await cora.tap("Polls")).text


async def test_the_leader_and_the_officials_have_theirs(valley: Valley) -> None:
    lela = await valley.member("lela", Role.LEADER)
    assert "write the community profile with your group – by 31 May" in (await lela.send("/menu")).text
    await _marked(valley, Step.PROFILE, Progress.DONE)
    await valley.poll()
    shown = await lela.send("/menu")
    assert shown.text.startswith("For you now: go from home to home")
    assert "neighbour" in labels(shown)[0]
    trude = await valley.resident("trude", None)
    confirmed = {"confirmed_at": valley.town.clock.now(), "municipality_id": MUNICIPALITY}
    await valley.grant("trude", Role.TRUSTEE, name="Trude", office="Trustee", **confirmed)
    assert "agree on one list of urgent needs – by 30 September" in (await trude.send("/menu")).text


async def test_an_office_that_nobody_vouched_for_has_no_step(valley: Valley) -> None:
    doris = await valley.resident("doris")
    await valley.grant("doris", Role.DEPUTY, name="Doris", office="Deputy", municipality_id=MUNICIPALITY)
    assert "Next for you" not in (await doris.send("/menu")).text


async def test_a_late_step_is_said_without_blame(valley: Valley) -> None:
    cora = await valley.coordinator()
    valley.town.clock.move_to(at(4, 3))
    text = (await cora.send("/menu")).text
    assert "Its day, 31 March, has passed, but it is not too late." in text


async def test_a_resident_reads_one_sentence(valley: Valley) -> None:
    nino = await valley.resident("nino")
    await valley.poll()
    words = "Your village is telling what it needs. The round table is planned for mid-October."
    assert (await nino.send("/menu")).text.startswith(words)
    valley.town.clock.move_to(at(9, 5))
    assert (await nino.send("/menu")).text.startswith("Your village is choosing what is urgent. The round table")


async def test_in_georgian(valley: Valley) -> None:
    cora = await valley.coordinator()
    async with valley.town.engine.begin() as db:
        await db.execute(update(people).values(language="ka"))
    assert (await cora.send("/menu")).text.startswith("თქვენი შემდეგი ნაბიჯი: გამოაცხადეთ სწავლება. ვადა – 31 მარტი.")


async def test_who_has_no_village_and_no_role_reads_no_line(valley: Valley) -> None:
    nobody = await valley.resident("nobody", None)
    shown = await nobody.send("/menu")
    assert shown.text == "What would you like to do?"
    assert not [label for label in labels(shown) if "Where are we" in label]


# where are we?


async def _marked(valley: Valley, step: Step, progress: Progress) -> None:
    now = valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await db.execute(
            insert(year_marks).values(
                community_id=VALLEY, year=2026, step=step, progress=progress, marked_by=None, marked_at=now
            )
        )


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def width(picture: Path) -> int:
    with Image.open(picture) as ring:
        return ring.width


async def test_a_resident_sees_the_ring_and_marks_nothing(valley: Valley, tmp_path: Path) -> None:
    nino, bench = await valley.resident("nino"), Bench(valley, tmp_path / "media")
    await nino.send("/menu")
    await nino.tap("Where are we?")
    shown = await bench.work(nino)
    assert "Valley, 2026" in shown.text
    assert "👉 Learn: next, by 31 March" in shown.text
    assert "In the budget year: village assemblies choose a project, by 31 March." in shown.text
    assert not [label for label in labels(shown) if "begun" in label]
    assert [width(picture) for picture in files(tmp_path / "media")] == [800]


async def test_the_leader_tells_what_only_the_group_can_know(valley: Valley, tmp_path: Path) -> None:
    lela, bench = await valley.member("lela", Role.LEADER), Bench(valley, tmp_path)
    await lela.send("/menu")
    await lela.tap("Where are we?")
    await bench.work(lela)
    await lela.tap("Know the community: we have begun")
    assert await state(valley, Step.PROFILE) is State.UNDER_WAY
    await lela.tap("Know the community: done")
    assert await state(valley, Step.PROFILE) is State.DONE
    await lela.tap("Know the community: not done after all")
    assert await state(valley, Step.PROFILE) is State.AHEAD
    assert "Noted" in "".join(await lela.texts())
    await lela.tap("That is all")


async def test_who_leads_elsewhere_cannot_mark_here(valley: Valley) -> None:
    await valley.member("lela", Role.LEADER)
    lela = await valley.person("lela")
    async with valley.town.engine.connect() as db:
        assert not await year.may_mark(db, person_id=lela, community_id=HILL)
        assert await year.may_mark(db, person_id=lela, community_id=VALLEY)
        there = partial(year.mark, db, community_id=HILL, year=2026, step=Step.PROFILE, progress=Progress.DONE)
        with pytest.raises(Refused):
            await there(by=lela, now=valley.town.clock.now())


async def test_who_is_forgotten_leaves_the_mark_without_a_name(valley: Valley) -> None:
    lela = await valley.member("lela", Role.LEADER)
    await _marked(valley, Step.PROFILE, Progress.DONE)
    lela_id = await valley.person("lela")
    async with valley.town.engine.begin() as db:
        await db.execute(update(year_marks).values(marked_by=lela_id))
    assert "that you marked 1 step of the year" in (await lela.send("/mydata")).text
    await lela.send("/forget")
    await lela.tap("Yes")
    assert [row.marked_by for row in await valley.rows(select(year_marks.c.marked_by))] == [None]
    assert await state(valley, Step.PROFILE) is State.DONE


# reminders


async def test_the_right_person_is_reminded_once_and_then_every_month(valley: Valley) -> None:
    cora, lela = await valley.coordinator(), await valley.member("lela", Role.LEADER)
    assert await sweep(valley) == 0
    assert await next_due(valley) == at(3, 10, 10)
    valley.town.clock.move_to(at(3, 10, 10))
    for _twice in range(2):
        await sweep(valley)
    said = [text for text in await cora.texts() if "announce a training" in text]
    assert len(said) == 1
    assert labels(await cora.last())[0] == "▶ Begin"
    assert not [text for text in await lela.texts() if "Next for you" in text]
    assert await next_due(valley) == at(4, 10, 10)
    valley.town.clock.move_to(at(4, 10, 10))
    await sweep(valley)
    assert len([text for text in await cora.texts() if "announce a training" in text]) == 2


async def test_the_button_begins_the_step(valley: Valley) -> None:
    cora = await valley.coordinator()
    valley.town.clock.move_to(at(3, 10, 10))
    await sweep(valley)
    assert "raining" in (await cora.tap("Begin")).text


async def test_what_was_begun_meanwhile_is_not_spoken_of(valley: Valley) -> None:
    cora = await valley.coordinator()
    valley.town.clock.move_to(at(3, 10, 10))
    async with valley.town.engine.begin() as db:
        await year_reminders.sweep(db, valley.town.clock.now(), TBILISI)
    await training(valley, days=3)
    await valley.town.worker.drain()
    assert not [text for text in await cora.texts() if "announce" in text]


async def test_nobody_is_reminded_at_night(valley: Valley) -> None:
    await valley.coordinator()
    valley.town.clock.move_to(at(3, 10, 7))
    assert await sweep(valley) == 0
    assert await next_due(valley) == at(3, 10, 10)


async def test_one_message_for_all_communities_of_a_coordinator(valley: Valley) -> None:
    cora = await valley.coordinator()
    async with valley.town.engine.begin() as db:
        now = valley.town.clock.now()
        await db.execute(insert(groups).values(community_id=HILL, name="Hill group", created_at=now))
    valley.town.clock.move_to(at(3, 10, 10))
    assert await sweep(valley) == 1
    assert "(2 communities)" in (await cora.last()).text
    told = await valley.rows(select(inbox.c.id).where(inbox.c.external_id.like("year:%")))
    assert len(told) == 1


async def test_after_the_last_reminder_of_a_year_the_next_year_is_due(valley: Valley) -> None:
    await valley.coordinator()
    await training(valley, days=1)
    for step in (Step.SURVEY, Step.AGREE, Step.USE):
        await _marked(valley, step, Progress.DONE)
    valley.town.clock.move_to(at(12, 20))
    assert await next_due(valley) == datetime(2027, 3, 10, 10, tzinfo=TBILISI)
