"""The sender: in order, in pace, nothing twice, nothing given up in silence."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.port import Again, Gone, Moved, Outcome, Partly, Refused, Sent, Target
from bot.outbox import Sender
from bot.pacing import ATTEMPTS
from conversations.message import Outgoing
from storage.tables.group_chats import group_chats
from storage.tables.people import addresses
from storage.tables.places import communities, municipalities
from storage.tables.roles import groups
from storage.tables.turns import bots, inbox, outbox
from tests.bot.post import Office, Post


@pytest.fixture
def office(engine: AsyncEngine) -> Office:
    return Office(engine)


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[None]:
    task = asyncio.create_task(sender.run())
    try:
        yield
    finally:
        sender.stop()
        await task


async def test_what_a_turn_wrote_arrives_in_order_and_is_marked(office: Office) -> None:
    for text in ("Thank you.", "And now?", "Which one?"):
        await office.write("nino", text)
    await office.sender().drain()
    assert office.post.sent == [("nino", "Thank you."), ("nino", "And now?"), ("nino", "Which one?")]
    rows = await office.rows("nino")
    assert [(row.status, row.ref) for row in rows] == [("sent", "100"), ("sent", "101"), ("sent", "102")]
    assert rows[0].sent_at == office.time
    assert rows[0].lease_until is None


async def test_one_chat_gets_one_message_at_a_time_and_many_chats_at_once(office: Office) -> None:
    for name in ("nino", "gia", "eka"):
        for number in range(2):
            await office.write(name, f"{name} {number}")
    office.post.gate = asyncio.Event()
    task = asyncio.create_task((sender := office.sender()).drain())
    await office.post.busy(3)
    sender.wake()
    assert office.post.most_at_once == 3
    office.post.gate.set()
    await task
    assert [text for text in office.post.texts if text.startswith("gia")] == ["gia 0", "gia 1"]
    assert len(office.post.sent) == 6


async def test_answers_go_before_broadcasts(office: Office) -> None:
    for number in range(40):
        await office.write(f"villager {number}", "A training on Friday.", lane=1)
    await office.write("nino", "Thank you.")
    office.post.rate = 8.0  # two at once
    await office.sender().drain()
    assert office.post.texts == ["Thank you.", "A training on Friday."]


async def test_an_answer_overtakes_a_reminder_to_the_same_person(office: Office) -> None:
    await office.write("nino", "Tomorrow at ten.", lane=1)
    await office.write("nino", "Thank you.")
    await office.sender().drain()
    assert office.post.texts == ["Thank you.", "Tomorrow at ten."]


async def test_broadcasts_never_take_all_the_room(office: Office) -> None:
    for number in range(40):
        await office.write(f"villager {number}", "A training on Friday.", lane=1)
    office.post.gate = asyncio.Event()
    sender = office.sender()
    async with running(sender):
        await office.post.busy(20)
        await office.write("nino", "Thank you.")
        sender.wake()
        await office.post.busy(21)
        office.post.gate.set()
        await office.until("nino", "sent")
    assert "Thank you." in office.post.texts


async def test_one_chat_is_written_three_at_once_then_one_a_second(office: Office) -> None:
    for number in range(6):
        await office.write("nino", str(number))
    sender = office.sender()
    await sender.drain()
    assert office.post.texts == ["0", "1", "2"]
    await office.later(sender, seconds=0.5)
    assert len(office.post.sent) == 3
    await office.later(sender, seconds=0.5)
    assert len(office.post.sent) == 4
    await office.later(sender, seconds=60)
    assert office.post.texts == ["0", "1", "2", "3", "4", "5"]


async def test_a_group_is_never_written_to_more_than_twenty_times_a_minute(office: Office) -> None:
    for number in range(40):
        await office.write("-5", str(number))
    sender = office.sender()
    await sender.drain()
    assert office.post.texts == ["0", "1", "2", "3"]
    for _quarter in range(239):
        await office.later(sender, seconds=0.25)
    assert 18 <= len(office.post.sent) <= 20


async def test_the_last_of_many_edits_is_all_that_a_group_sees(office: Office) -> None:
    shown = await office.write("-5", "0 of 5")
    sender = office.sender()
    await sender.drain()
    for number in range(1, 9):
        await office.write("-5", f"{number} of 9", edits=shown, lane=1)
    await office.later(sender, seconds=60)
    assert office.post.texts == ["0 of 5", "8 of 9"]


@pytest.mark.parametrize("bound", [False, True])
async def test_a_chat_that_was_upgraded_is_followed(office: Office, bound: bool) -> None:
    """What it still had to hear is asked anew by its own turn; a chat that is nobody's is only given up."""
    office.post.answers["hello"] = [Moved("-1005", "upgraded")]
    await office.write("-5", "hello")
    chat_id = office._people["-5"][0]
    if bound:
        async with office.engine.begin() as db:
            at = {"code": "m", "name_ka": "m", "name_en": "m"}
            await db.execute(insert(municipalities), [at])
            await db.execute(insert(communities), [{"municipality_id": 1, "name_ka": "c", "name_en": "c"}])
            await db.execute(insert(groups), [{"community_id": 1, "name": "g", "created_at": office.time}])
            row = {"group_id": 1, "chat_id": chat_id, "title": "t", "since": office.time}
            await db.execute(insert(group_chats), [row])
    await office.sender().drain()
    assert await office.status("-5") == ["refused"]
    async with office.engine.connect() as db:
        external = (await db.execute(select(addresses.c.external))).scalar_one()
        waiting = (await db.execute(select(inbox.c.payload))).scalars().all()
    assert (external, waiting) == (("-1005", ['{"chat":{"show":"moved"}}']) if bound else ("-5", []))


async def test_the_pace_is_in_the_database_so_that_another_sender_keeps_it(office: Office) -> None:
    for number in range(5):
        await office.write("nino", str(number))
    await office.sender().drain()
    await office.sender().drain()
    assert office.post.texts == ["0", "1", "2"]


async def test_a_bot_writes_no_faster_than_its_rate(office: Office) -> None:
    office.post.rate = 8.0
    for number in range(12):
        await office.write(f"villager {number}", "news", lane=1)
    sender = office.sender()
    await sender.drain()
    assert len(office.post.sent) == 2
    await office.later(sender, seconds=0.25)
    assert len(office.post.sent) == 4


async def test_retry_after_is_obeyed_and_is_no_failed_attempt(office: Office) -> None:
    office.post.answers["hello"] = [Again("429 Too Many Requests", 7.0) for _ in range(6)]
    await office.write("nino", "hello")
    await office.write("nino", "next")
    await office.write("gia", "to another")
    sender = office.sender()
    await sender.drain()
    assert office.post.texts == ["hello", "to another"]
    await office.later(sender, seconds=6.9)
    assert len(office.post.sent) == 2
    for _attempt in range(6):
        await office.later(sender, seconds=7)
    assert await office.status("nino") == ["sent", "sent"]
    assert office.post.texts[-2:] == ["hello", "next"]


async def test_several_chats_told_to_wait_mean_the_whole_bot(office: Office) -> None:
    for name in ("nino", "gia"):
        office.post.answers[name] = [Again("429", 5.0)]
        await office.write(name, name)
    sender = office.sender()
    await sender.drain()
    await office.write("eka", "eka")
    await office.later(sender, seconds=4)
    assert "eka" not in office.post.texts
    await office.later(sender, seconds=1.1)
    assert sorted(office.post.texts[2:]) == ["eka", "gia", "nino"]


async def test_a_failure_is_tried_again_with_growing_pauses_then_shown(office: Office) -> None:
    office.post.answers["hello"] = [Again("502 Bad Gateway") for _ in range(ATTEMPTS)]
    await office.write("nino", "hello")
    await office.write("nino", "next")
    sender = office.sender()
    await sender.drain()
    for pause in (5, 60, 600, 3600):
        assert "next" not in office.post.texts
        await office.later(sender, seconds=pause - 1)
        before = len(office.post.sent)
        await office.later(sender, seconds=1)
        assert len(office.post.sent) > before
    failed, following = await office.rows("nino")
    assert (failed.status, failed.attempts, failed.error) == ("failed", ATTEMPTS, "502 Bad Gateway")
    assert following.status == "sent"


async def test_a_refused_message_does_not_block_the_next(office: Office) -> None:
    office.post.answers["odd"] = [Refused("400 can't parse")]
    await office.write("nino", "odd")
    await office.write("nino", "next")
    await office.sender().drain()
    refused, following = await office.rows("nino")
    assert (refused.status, refused.error, following.status) == ("refused", "400 can't parse", "sent")


async def test_to_a_person_who_left_nothing_more_is_written_until_they_return(office: Office) -> None:
    office.post.answers["hello"] = [Gone("403 bot was blocked by the user")]
    await office.write("nino", "hello")
    await office.write("nino", "next")
    sender = office.sender()
    await sender.drain()
    await office.write("nino", "a reminder", lane=1)
    await sender.drain()
    assert office.post.texts == ["hello"]
    assert await office.status("nino") == ["refused", "refused", "refused"]
    assert (await office.rows("nino"))[1].error == "403 bot was blocked by the user"
    await office.came_back("nino")
    await office.write("nino", "welcome back")
    await office.later(sender, seconds=60)
    assert office.post.texts == ["hello", "welcome back"]


async def test_an_edit_finds_the_message_it_names(office: Office) -> None:
    question = await office.write("nino", "Which? 0 chosen")
    sender = office.sender()
    await sender.drain()
    await office.write("nino", "Which? 1 chosen", edits=question)
    await sender.drain()
    assert office.post.targets[-1] == Target("nino", edits="100")
    assert (await office.rows("nino"))[1].ref == "100"


async def test_of_several_edits_only_the_newest_is_sent(office: Office) -> None:
    question = await office.write("nino", "Which? 0 chosen")
    for number in (1, 2, 3):
        await office.write("nino", f"Which? {number} chosen", edits=question)
    await office.sender().drain()
    assert office.post.texts == ["Which? 0 chosen", "Which? 3 chosen"]
    assert await office.status("nino") == ["sent", "replaced", "replaced", "sent"]


async def test_when_an_edit_became_a_new_message_later_ones_follow_it(office: Office) -> None:
    question = await office.write("nino", "one")
    sender = office.sender()
    await sender.drain()
    office.post.answers["two"] = [Sent("999")]
    await office.write("nino", "two", edits=question)
    await sender.drain()
    await office.write("nino", "three", edits=question)
    await office.later(sender, seconds=60)
    assert office.post.targets[-1].edits == "999"


async def test_an_edit_of_what_never_arrived_is_a_new_message(office: Office) -> None:
    office.post.answers["odd"] = [Refused("400")]
    question = await office.write("nino", "odd")
    await office.write("nino", "better", edits=question)
    await office.sender().drain()
    assert office.post.targets[-1] == Target("nino")


async def test_closing_a_question_knows_what_it_said(office: Office) -> None:
    question = await office.write("nino", "Which kind?")
    await office.write("nino", "Where?", closes=question, answered="✓ Roads")
    await office.sender().drain()
    assert office.post.targets[-1] == Target("nino", closes="100", closing=Outgoing("Which kind?"))


async def test_a_tap_is_answered_first_and_out_of_pace(office: Office) -> None:
    for number in range(5):
        await office.write("nino", str(number))
    await office.ack("nino", "tap")
    await office.sender().drain()
    assert [ack.callback for ack in office.post.acked] == ["tap"]
    assert office.post.texts == ["0", "1", "2"]


async def test_an_old_tap_is_not_answered_any_more(office: Office) -> None:
    await office.ack("nino", "tap")
    await office.later(office.sender(), seconds=11)
    assert office.post.acked == []
    assert await office.status("nino") == ["refused"]


async def test_what_a_dead_sender_had_under_way_is_sent_again_when_its_lease_ends(office: Office) -> None:
    await office.write("nino", "hello")
    await office.write("nino", "next")
    await die_while_sending(office)
    sender = office.sender()
    await office.later(sender, seconds=30)
    assert office.post.texts == []
    await office.later(sender, seconds=31)
    assert office.post.texts == ["hello", "next"]


async def test_the_only_sender_need_not_wait_for_the_lease_of_a_dead_one(office: Office) -> None:
    await office.write("nino", "hello")
    await die_while_sending(office)
    await office.sender(alone=True).drain()
    assert office.post.texts == ["hello"]


async def die_while_sending(office: Office) -> None:
    async with office.engine.begin() as db:
        first = update(outbox).where(outbox.c.seq == 1)
        await db.execute(first.values(status="sending", lease_until=office.time + timedelta(seconds=60)))


async def test_a_clean_end_waits_for_what_is_under_way(office: Office) -> None:
    office.post.gate = asyncio.Event()
    await office.write("nino", "hello")
    sender = office.sender()
    task = asyncio.create_task(sender.run())
    await office.post.busy(1)
    task.cancel()
    await asyncio.sleep(0)
    office.post.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await office.status("nino") == ["sent"]


async def test_a_running_sender_is_woken(office: Office) -> None:
    sender = office.sender()
    async with running(sender):
        await office.write("nino", "hello")
        sender.wake()
        await office.until("nino", "sent")


async def test_a_channel_that_breaks_its_word_costs_one_letter(office: Office) -> None:
    class Broken(Post):
        async def send(self, target: Target, message: Outgoing) -> Outcome:
            if message.text == "odd":
                raise KeyError(message.text)
            return await super().send(target, message)

    office.post = Broken()
    await office.write("nino", "odd")
    await office.write("nino", "next")
    await office.sender().drain()
    assert await office.status("nino") == ["refused", "sent"]


async def test_each_part_that_arrived_is_marked_before_the_next(office: Office) -> None:
    office.post.answers["long"] = [Partly(1), Again("slow down", 2), Partly(2), Sent("9")]
    await office.write("nino", "long")
    await office.write("nino", "short")
    sender = office.sender()
    await sender.drain()
    assert [row.parts for row in await office.rows("nino")] == [1, 0]
    await office.later(sender, seconds=10)
    await office.later(sender, seconds=10)
    assert [(row.status, row.ref) for row in await office.rows("nino")] == [("sent", "9"), ("sent", "100")]
    assert [target.parts for target in office.post.targets] == [0, 1, 1, 2, 0]


async def test_an_unreadable_row_stops_nobody(office: Office) -> None:
    await office.put("nino", "message", ["not", "a", "message"])
    await office.put("nino", "ack", {})
    await office.write("nino", "next")
    await office.sender().drain()
    assert await office.status("nino") == ["refused", "refused", "sent"]


async def test_two_senders_never_send_the_same_letter(office: Office) -> None:
    for number in range(60):
        for part in ("a", "b", "c"):
            await office.write(f"villager {number}", part)
    await asyncio.gather(*(office.sender().drain() for _ in range(3)))
    await office.sender().drain()
    assert len(office.post.sent) == 180
    for number in range(60):
        assert [text for to, text in office.post.sent if to == f"villager {number}"] == ["a", "b", "c"]


async def test_a_channel_that_we_do_not_serve_is_left_alone(office: Office) -> None:
    await office.write("nino", "hello")
    other = Post(name="other:1")
    await office.sender(other=other).drain()
    assert await office.status("nino") == ["pending"]
    async with office.engine.begin() as db:
        assert (await db.execute(select(bots.c.channel))).scalars().all() == ["other:1"]
        assert (await db.execute(select(addresses.c.tokens))).scalars().all() == [None]
