"""A training is announced, answered, remembered, moved and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from conversations.catalogue import everything
from conversations.registry import Registry
from domain.people import Role
from scheduler import training_reminders
from storage.tables.trainings import training_invites, trainings
from storage.tables.turns import inbox, outbox
from tests.stories.valley import MTA, Valley
from tests.town import TBILISI, Phone, Shown

TUESDAY_AT_TWO = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)  # 14:00 in Tbilisi


@pytest.fixture
def registry() -> Registry:
    return everything()


async def composed(valley: Valley, cora: Phone, *, whom: str = "Residents", often: str = "Once") -> Shown:
    """Everything up to the preview of a training on Tuesday week at two."""
    await cora.send("/menu")
    for label in ("Trainings and meetings", "Announce a new one", "Training", "the law on self-government"):
        await cora.tap(label)
    await cora.tap("The whole municipality")
    await cora.tap(whom)
    await cora.tap("Done (1)")
    await cora.send("10.03.2026")
    await cora.send("14:00")
    await cora.send("School of Araguli")
    shown = await cora.tap(often)
    return await cora.send("3") if often != "Once" else shown


async def announced(valley: Valley, cora: Phone, **how: str) -> None:
    await composed(valley, cora, **how)
    await cora.tap("Yes, send it")
    await valley.town.worker.drain()


async def at(valley: Valley, moment: datetime) -> None:
    """The clock comes to a moment, sweeps, and everything due is said."""
    valley.town.clock.move_to(moment)
    async with valley.town.engine.begin() as db:
        await training_reminders.sweep(db, moment, TBILISI)
    await valley.town.worker.drain()


async def watched(cora: Phone) -> Shown:
    await cora.send("/menu")
    await cora.tap("Trainings and meetings")
    await cora.tap("See what is announced")
    return await cora.tap("the law")


async def test_the_preview_shows_the_words_and_counts_the_receivers_by_channel(valley: Valley) -> None:
    cora = await valley.coordinator()
    await valley.resident("nino")
    await valley.resident("gia", MTA)
    shown = await composed(valley, cora)
    assert "Training: the law on self-government\n🗓 Tuesday, 10 March, 14:00\n📍 School of Araguli" in shown.text
    assert "Where they live: Dzeveri" in shown.text
    assert "2 people hear of it (terminal 2)." in shown.text
    assert "Nobody heard of it" in (await cora.tap("No, drop it")).text
    assert await valley.rows(select(trainings)) == []


async def test_one_tap_answers_and_the_coordinator_watches(valley: Valley) -> None:
    cora = await valley.coordinator()
    nino, gia, _lia = [await valley.resident(name) for name in ("nino", "gia", "lia")]
    await announced(valley, cora)
    assert "3 people now" in " ".join(await cora.texts())
    invitation = await nino.last()
    assert invitation.text.startswith("You are invited. Can you come?")
    assert "see you" in (await nino.tap("I am coming")).text or "seeing you" in (await nino.last()).text
    await gia.tap("I cannot come")
    await carried(valley, "sent")
    await carried(valley, "refused", to="lia")
    shown = await watched(cora)
    for line in ("Invited: 3", "Delivered: 2", "On the way: 0", "Not delivered: 1", "Coming: 1", "Not coming: 1"):
        assert line in shown.text
    assert "• Araguli: 1 resident" in (await cora.tap("Who is coming?")).text


async def carried(valley: Valley, status: str, to: str | None = None) -> None:
    """What a sender would have noted of every message, or of those to one person."""
    change = update(outbox).values(status=status)
    if to is not None:
        change = change.where(outbox.c.person_id == await valley.person(to))
    async with valley.town.engine.begin() as db:
        await db.execute(change)


async def test_an_answer_can_be_changed_until_it_begins(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await nino.tap("I am coming")
    await nino.send("/menu")
    await nino.tap("My trainings")
    assert "Thank you for telling us" in (await nino.tap("I cannot come")).text
    assert [row.answer for row in await valley.rows(select(training_invites))] == ["not_coming"]


async def test_groups_officials_and_residents_are_invited_as_chosen(valley: Valley) -> None:
    cora = await valley.coordinator()
    await valley.resident("nino")
    await valley.member("mari")
    await valley.official("gela", "Gela Beridze", "Water service")
    await announced(valley, cora, whom="Self-help groups")
    assert await invited(valley) == ["mari"]
    await announced(valley, cora, whom="Officials")
    assert await invited(valley) == ["mari", "gela"]


async def invited(valley: Valley) -> list[str]:
    names = {await valley.person(name): name for name in ("nino", "mari", "gela", "cora")}
    rows = await valley.rows(select(training_invites).order_by(training_invites.c.training_id))
    return [names[row.person_id] for row in rows]


async def test_who_may_come_is_reminded_the_day_before_and_two_hours_before(valley: Valley) -> None:
    cora = await valley.coordinator()
    nino, gia, lia = [await valley.resident(name) for name in ("nino", "gia", "lia")]
    await announced(valley, cora)
    await nino.tap("I am coming")
    await gia.tap("I cannot come")
    heard = len(await gia.messages())
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=28))
    assert (await nino.last()).text.startswith("A reminder; you said that you come:")
    assert (await lia.last()).text.startswith("A reminder. Can you come?")
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=2))
    assert len([text for text in await nino.texts() if text.startswith("A reminder")]) == 2
    assert len(await gia.messages()) == heard, "who stays away is left alone"


async def test_the_same_sweep_twice_reminds_once(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await nino.tap("I am coming")
    for _again in range(2):
        await at(valley, TUESDAY_AT_TWO - timedelta(hours=28))
    assert len([text for text in await nino.texts() if text.startswith("A reminder")]) == 1


async def test_a_clock_that_slept_reminds_of_what_is_left_only(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await nino.tap("I am coming")
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=1))
    assert len([text for text in await nino.texts() if text.startswith("A reminder")]) == 1
    await at(valley, TUESDAY_AT_TWO + timedelta(hours=1))
    assert len([text for text in await nino.texts() if text.startswith("A reminder")]) == 1


async def test_a_reminder_that_waited_for_the_morning_is_not_given_when_it_is_over(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await nino.tap("I am coming")
    async with valley.town.engine.begin() as db:
        await training_reminders.sweep(db, TUESDAY_AT_TWO - timedelta(hours=2), TBILISI)
    valley.town.clock.move_to(TUESDAY_AT_TWO + timedelta(minutes=1))
    await valley.town.worker.drain()
    assert not [text for text in await nino.texts() if text.startswith("A reminder")]


async def test_a_series_is_announced_one_by_one(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora, often="Every week")
    await nino.tap("I am coming")
    assert len(await valley.rows(select(trainings))) == 3
    await at(valley, TUESDAY_AT_TWO + timedelta(hours=20))
    assert "Tuesday, 17 March, 14:00" in (await nino.last()).text
    await nino.tap("I am coming")
    assert sorted(row.training_id for row in await valley.rows(select(training_invites))) == [1, 2]


async def test_the_clock_knows_what_comes_next(valley: Valley) -> None:
    cora = await valley.coordinator()
    await announced(valley, cora, often="Every week")
    now, seen = valley.town.clock.now(), []
    async with valley.town.engine.connect() as db:
        while (now_due := await training_reminders.next_due(db, now, TBILISI)) is not None:
            seen.append(now := now_due)
    assert seen[:3] == [
        TUESDAY_AT_TWO - timedelta(hours=28),
        TUESDAY_AT_TWO - timedelta(hours=2),
        datetime(2026, 3, 11, 6, tzinfo=UTC),
    ]


async def test_a_moved_training_is_told_and_reminded_at_its_new_time(valley: Valley) -> None:
    cora = await valley.coordinator()
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    await announced(valley, cora)
    await nino.tap("I am coming")
    await gia.tap("I cannot come")
    heard = len(await gia.messages())
    await watched(cora)
    await cora.tap("Move it")
    await cora.send("12.03.2026")
    await cora.send("16:00")
    await cora.tap("The same place")
    assert "1 person hears of it" in (await cora.tap("Yes, move it")).text
    await valley.town.worker.drain()
    moved = await nino.last()
    assert moved.text.startswith("This has moved:")
    assert "Thursday, 12 March, 16:00" in moved.text
    assert len(await gia.messages()) == heard
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=2))
    assert not [text for text in await nino.texts() if text.startswith("A reminder")]
    await at(valley, datetime(2026, 3, 11, 7, tzinfo=UTC))
    assert "Thursday, 12 March, 16:00" in (await nino.last()).text


async def test_a_cancelled_training_is_told_and_no_more_spoken_of(valley: Valley) -> None:
    cora = await valley.coordinator()
    nino, gia = await valley.resident("nino"), await valley.resident("gia")
    await announced(valley, cora)
    await nino.tap("I am coming")
    await gia.tap("I cannot come")
    await watched(cora)
    await cora.tap("Cancel it")
    assert "1 person hears of it" in (await cora.tap("Yes, cancel it")).text
    await valley.town.worker.drain()
    assert (await nino.last()).text.startswith("This is cancelled:")
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=2))
    assert not [text for text in await nino.texts() if text.startswith("A reminder")]


async def test_the_rest_of_a_series_is_cancelled_with_it(valley: Valley) -> None:
    cora = await valley.coordinator()
    await valley.resident("nino")
    await announced(valley, cora, often="Every week")
    await cora.send("/menu")
    for label in (
        "Trainings and meetings",
        "See what is announced",
        "17 Mar",
        "Cancel it",
        "all after it",
        "Yes, cancel",
    ):
        await cora.tap(label)
    rows = await valley.rows(select(trainings).order_by(trainings.c.number))
    assert [row.cancelled_at is None for row in rows] == [True, False, False]


async def test_an_invitation_answered_too_late_says_so(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    valley.town.clock.move_to(TUESDAY_AT_TWO + timedelta(minutes=1))
    assert "over or cancelled" in (await nino.tap("I am coming")).text


async def test_who_left_or_was_never_welcomed_is_not_counted(valley: Valley) -> None:
    cora = await valley.coordinator()
    await valley.resident("nino")
    await valley.resident("gia", welcomed_at=None)
    lia = await valley.resident("lia")
    await valley.town.receive(lia.name, left=True)
    await valley.town.worker.drain()
    assert "1 person hears of it (terminal 1)." in (await composed(valley, cora)).text


async def test_thousands_are_told_in_one_go(valley: Valley) -> None:
    cora = await valley.coordinator()
    for number in range(30):
        await valley.resident(f"resident-{number}")
    await composed(valley, cora)
    await cora.tap("Yes, send it")
    told = await valley.rows(select(inbox.c.external_id).where(inbox.c.external_id.like("training:1:invite>%")))
    assert len(told) == 30


async def test_in_georgian_too(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino", language="ka")
    await announced(valley, cora)
    assert "სამშაბათი, 10 მარტი, 14:00" in (await nino.last()).text


async def test_a_member_with_a_name_is_on_the_list(valley: Valley) -> None:
    cora = await valley.coordinator()
    gela = await valley.official("gela", "Gela Beridze", "Water service")
    mari = await valley.member("mari", Role.LEADER)
    await announced(valley, cora, whom="Officials")
    await gela.tap("I am coming")
    await watched(cora)
    assert "• Gela Beridze, Water service" in (await cora.tap("Who is coming?")).text
    assert mari.name not in (await cora.last()).text


async def test_an_answer_to_the_reminder_answers_the_invitation_too(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=28))
    assert "seeing you" in (await nino.tap("I am coming")).text
    assert "Shall we go on" not in (await nino.last()).text
    assert not [text for text, _data in (await nino.send("/menu")).buttons if "Go on" in text]


async def test_who_had_not_answered_is_asked_again_when_it_moves(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await watched(cora)
    await cora.tap("Move it")
    await cora.send("12.03.2026")
    await cora.send("16:00")
    await cora.send("Kindergarten of Zemo")
    await cora.tap("Yes, move it")
    valley.town.clock.forward(timedelta(hours=20))
    await valley.town.worker.drain()
    asked = await nino.last()
    assert asked.text.startswith("This has moved. Can you come?")
    assert "📍 Kindergarten of Zemo" in asked.text
    assert "seeing you" in (await nino.tap("I am coming")).text
    assert "Shall we go on" not in (await nino.last()).text


async def test_a_cancellation_is_said_at_once_beside_what_is_being_asked(valley: Valley) -> None:
    cora, nino = await valley.coordinator(), await valley.resident("nino")
    await announced(valley, cora)
    await nino.tap("I am coming")
    await nino.send("/menu")
    await nino.tap("My trainings")
    await watched(cora)
    await cora.tap("Cancel it")
    await cora.tap("Yes, cancel it")
    await valley.town.worker.drain()
    assert (await nino.last()).text.startswith("This is cancelled:")
    assert "over or cancelled" in (await nino.tap("I am coming")).text
