"""What a leader does with the group's chat, and what may go wrong with it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.registry import Registry
from domain.group_posts import Kind
from domain.people import Role
from storage import group_posts
from storage.tables.group_chats import group_answers, group_chats
from storage.tables.people import addresses
from storage.tables.roles import groups, roles
from storage.tables.turns import inbox
from tests.fakes.telegram_group import ANONYMOUS, Group
from tests.fakes.telegram_server import Server, telegram_server
from tests.group_town import LALI, MEMBERS, ROOM, GroupTown, group_town
from tests.stories.valley import GROUP, VALLEY

NINO, EKA = MEMBERS[:2]


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with telegram_server() as server:
        yield server


@pytest.fixture
async def town(server: Server, engine: AsyncEngine, registry: Registry, tmp_path: Path) -> AsyncIterator[GroupTown]:
    async with group_town(server, engine, registry, tmp_path) as town:
        yield town


async def vote(town: GroupTown, question: str = "When do we meet?", days: int = 2) -> int:
    by, now = await town.valley.person(str(LALI)), town.valley.town.clock.now()
    args = {"question": question, "options": ["Friday", "Saturday"]}
    async with town.valley.town.engine.begin() as db:
        post_id = await group_posts.ask(
            db, by=by, group_id=GROUP, kind=Kind.VOTE, args=args, closes_at=now + timedelta(days=days), now=now
        )
    town.town.turns.ring()
    return post_id


async def voted(town: GroupTown, group: Group, question: str = "When do we meet?") -> int:
    post_id = await vote(town, question)
    await town.until(lambda: question in group.last, "the vote")
    return post_id


async def test_a_leader_asks_and_the_group_hears_the_result(town: GroupTown) -> None:
    group, lali = await town.chat(), town.lali
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("Ask the group something")
    await lali.tap("A small vote")
    await lali.send("When do we meet?")
    assert "I found 1 line there" in (await lali.send("Friday")).text
    assert "are the same" in (await lali.send("Friday\n friday ")).text
    await lali.send("Friday\nSaturday")
    await lali.send("04.03.2026")
    assert "• Friday\n• Saturday" in (await lali.last()).text
    assert "I ask it in the chat “Valley women”" in (await lali.tap("Yes, ask them")).text
    await town.until(lambda: "When do we meet?" in group.last, "the vote")
    assert await town.tapped(group, NINO, "Friday") == "Noted: Friday ✓"
    assert await town.tapped(group, EKA, "Saturday") == "Noted: Saturday ✓"
    assert await town.tapped(group, EKA, "Friday") == "Noted: Friday ✓"
    await town.until(lambda: "2 of 5 have answered" in group.last, "the count")
    assert "Friday: " not in group.last, "an open vote leads nobody"

    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("What the group answered")
    seen = await lali.tap("When do we meet?")
    assert seen.text.count("✓ somebody without a name") == 2
    assert seen.text.count("– somebody without a name") == 3
    assert "Friday" not in seen.text, "who has answered, not what"

    town.valley.town.clock.move_to(datetime(2026, 3, 4, 16, 0, tzinfo=UTC))
    await town.sweep()
    await town.until(lambda: "What came of it" in group.last, "the result")
    assert "Friday: 2\nSaturday: 0" in group.last
    asked = group.posts[-2]
    await town.until(lambda: "This question is closed." in asked.text, "the end")
    assert not asked.buttons


async def test_a_chat_without_bots_gets_a_text_to_forward_and_answers_count_the_same(town: GroupTown) -> None:
    lali = town.lali
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("The group's own chat")
    assert "you forward it to your group" in (await lali.tap("On Viber, Facebook")).text
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("Ask the group something")
    await lali.tap("A small vote")
    await lali.send("When do we meet?")
    await lali.send("Friday\nSaturday")
    await lali.send("04.03.2026")
    text = (await lali.tap("Yes, ask them")).text
    assert text.startswith("❓ When do we meet?"), "a message of its own"
    assert "https://t.me/mrgvali_test_bot?start=g1\nhttps://mrgvali.example.ge/chat?start=g1" in text

    nino = town.phone(NINO)
    await nino.start("g1")
    assert "that is noted" in (await nino.tap("Saturday")).text
    await nino.start("g1")
    await nino.tap("Friday")
    stranger = await town.resident(900)
    assert "for the members of “Valley group”" in (await stranger.start("g1")).text
    assert "no longer there" in (await nino.start("g99")).text
    rows = await town.valley.rows(select(group_answers))
    assert [row.value for row in rows] == ["0"]
    town.valley.town.clock.move_to(datetime(2026, 3, 4, 16, 0, tzinfo=UTC))
    await town.sweep()
    assert "Friday: 1" in (await lali.wait("What came of it")).text
    assert "closed" in (await nino.start("g1")).text


async def test_thrown_out_the_leader_hears_of_it_and_put_in_again_it_goes_on(town: GroupTown) -> None:
    group = await town.chat()
    await voted(town, group)
    group.throw_out(town.lali.user)
    await town.lali.wait("I was taken out of your group's chat “Valley women”")
    posts = len(group.posts)
    await vote(town, "Who brings tea?")
    await town.still()
    assert len(group.posts) == posts
    group.add_bot(town.lali.user)
    await town.until(lambda: "Who brings tea?" in group.last, "what is open")
    assert "When do we meet?" in group.posts[-2].text
    assert await town.tapped(group, NINO, "Friday") == "Noted: Friday ✓"
    await town.until(lambda: "1 of 5" in group.last, "the count in the new message")


async def test_without_a_word_of_it_the_send_itself_tells_that_we_are_out(town: GroupTown) -> None:
    group = await town.chat()
    group.room.blocked = True
    await vote(town)
    await town.lali.wait("I was taken out of your group's chat")


@pytest.mark.parametrize("told", [("to", "from"), ("from", "to"), ("from",), ()])
async def test_an_upgraded_chat_keeps_its_group(town: GroupTown, told: tuple[str, ...]) -> None:
    """By either message, or by the answer to what we send when both are lost."""
    old = await town.chat()
    await voted(town, old)
    new = old.upgrade(-100777, town.lali.user, told=told)
    if not told:
        old.press(town.user(NINO).chat.user, old.posts[-1], str(old._data(old.posts[-1], "Friday")))
    await town.until(lambda: "When do we meet?" in new.last, "the vote in the new chat")
    assert await town.tapped(new, EKA, "Saturday") == "Noted: Saturday ✓"
    count = f"{1 if told else 2} of 5"
    await town.until(lambda: count in new.last, "the count in the new chat")
    await town.still()
    assert len([post for post in new.posts if "When do we meet?" in post.text]) == 1
    rows = await town.valley.rows(select(addresses.c.external).where(addresses.c.external.like("-%")))
    assert "-100777" in {row.external for row in rows}
    assert len(await town.valley.rows(select(group_chats))) == 1


async def test_old_posts_and_odd_pressers(town: GroupTown) -> None:
    group = await town.chat()
    post_id = await voted(town, group)
    shown = group.posts[-1]
    data = f"0:post:{post_id}.0"
    refused = group.press(ANONYMOUS, shown, data)
    assert "as yourself" in (await town.ack(refused))["text"]
    nino = town.user(NINO).chat.user
    for forged in ("0:post:999.0", "0:post:x.0", "nonsense", "1:post:1.0", "0:post:" + "9" * 30 + ".0"):
        assert (await town.ack(group.press(nino, shown, forged)))["text"]
    assert "no longer there" in (await town.ack(group.press(nino, shown, f"0:post:{post_id}.7")))["text"]
    async with town.valley.town.engine.begin() as db:
        address = select(addresses.c.person_id).where(addresses.c.external == str(EKA)).scalar_subquery()
        left = update(roles).where(roles.c.person_id == address)
        await db.execute(left.values(ended_at=town.valley.town.clock.now()))
    assert "for the members" in await town.tapped(group, EKA, "Friday")
    town.valley.town.clock.forward(timedelta(days=3))
    assert "closed" in (await town.ack(group.press(nino, shown, data)))["text"], "the sweep has not come by yet"
    await town.sweep()
    assert "closed" in (await town.ack(group.press(nino, shown, data)))["text"]
    assert await town.valley.rows(select(group_answers)) == []


async def test_a_code_is_known_once_and_guessing_is_bounded(town: GroupTown) -> None:
    group = Group.of(town.server, ROOM, "Valley women")
    group.add_bot(town.lali.user)
    lali, code = town.lali.user, await town.code()
    group.say(lali, "/group@mrgvali_test_bot please")
    await town.until(lambda: "I do not know this code" in group.last, "a no")
    group.say(lali, "/group")
    await town.until(lambda: "write the code behind it" in group.last, "how to")
    for guess in range(4):
        group.say(lali, f"/group 111111111{guess}")
    await town.still()
    group.say(lali, f"/group {code}")
    await town.until(lambda: "too many wrong codes" in group.last, "a bound")
    town.valley.town.clock.forward(timedelta(hours=2))
    group.say(lali, f"/group {code[:3]} {code[3:6]} {code[6:]}")
    await town.until(lambda: "whether this is the right chat" in group.last, "the question to the leader")
    await town.lali.tap("No, I do not know it")
    other = Group.of(town.server, -888, "Others")
    other.add_bot(lali, f"g{code}")
    await town.until(lambda: "I do not know this code" in other.last, "used up")
    assert await town.valley.rows(select(group_chats)) == []


async def test_a_chat_is_one_groups_and_a_group_has_one_chat(town: GroupTown) -> None:
    await town.chat()
    second = Group.of(town.server, -888, "New chat")
    second.add_bot(town.lali.user, f"g{await town.code()}")
    asked = await town.lali.wait("takes the place of the chat “Valley women”")
    assert "“New chat”" in asked.text
    await town.lali.tap("Yes, it is ours")
    await town.until(lambda: "From now on" in second.last, "the greeting")
    assert [row.title for row in await town.valley.rows(select(group_chats))] == ["New chat"]
    await voted(town, second)

    async with town.valley.town.engine.begin() as db:
        row = {"community_id": VALLEY, "name": "Other group", "created_at": town.valley.town.clock.now()}
        await db.execute(insert(groups), [row])
        await db.execute(update(roles).where(roles.c.role == Role.LEADER).values(group_id=2))
    lali = town.lali
    await lali.send("/menu")
    await lali.tap("Groups and invitations")
    await lali.tap("The group's own chat")
    told = (await lali.tap("In a Telegram group")).text
    assert "https://t.me/mrgvali_test_bot?startgroup=g" in told
    command = re.search(r"/group@\w+ \d{10}", told)
    assert command is not None
    second.say(lali.user, command[0])
    await lali.tap("Yes, it is ours")
    assert "the chat of another group already" in (await lali.last()).text
    assert [row.group_id for row in await town.valley.rows(select(group_chats))] == [GROUP]


async def test_a_topic_and_commands_for_us(town: GroupTown) -> None:
    group = Group.of(town.server, ROOM, "Forum")
    group.add_bot(town.lali.user)
    topic = {"message_thread_id": 5, "is_topic_message": True}
    group.say(town.lali.user, f"/group@mrgvali_test_bot {await town.code()}", **topic)
    await town.lali.tap("Yes, it is ours")
    await town.until(lambda: "From now on" in group.last, "the greeting")
    await voted(town, group)
    assert group.posts[-1].thread == 5
    assert await town.tapped(group, NINO, "Friday")
    await town.until(lambda: "1 of 5" in group.last, "an edit")
    posts = len(group.posts)
    for ignored in ("/menu", "/menu@another_bot", "/start", "/group@another_bot 123"):
        group.say(town.lali.user, ignored)
    group.make_admin(town.lali.user)
    await town.still()
    assert len(group.posts) == posts
    group.say(town.lali.user, "/menu@Mrgvali_Test_Bot")
    await town.until(lambda: "For all else I am here" in group.last, "the way into private")
    assert not [row for row in await town.valley.rows(select(inbox.c.status)) if row.status == "parked"]


async def test_one_reminder_a_day_and_none_at_night(town: GroupTown) -> None:
    group, clock = await town.chat(), town.valley.town.clock
    await town.valley.poll()
    clock.move_to(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))  # 22:00
    await town.sweep()
    await town.still()
    assert "door to door" not in " ".join(post.text for post in group.posts)
    clock.move_to(datetime(2026, 3, 3, 6, 0, tzinfo=UTC))
    town.town.turns.ring()
    await town.until(lambda: "A poll is open in our villages" in group.last, "the poll")
    assert await town.tapped(group, NINO, "I go from door to door") == "Noted: 🚶 I go from door to door ✓"


async def test_who_blocked_us_in_private_is_answered_in_the_group(town: GroupTown) -> None:
    group = await town.chat()
    await voted(town, group)
    town.user(NINO).block()
    await town.still()
    assert await town.tapped(group, NINO, "Friday") == "Noted: Friday ✓"
    rows = await town.valley.rows(select(addresses.c.left_at).where(addresses.c.external == str(NINO)))
    assert rows[0].left_at is not None, "a tap in the group opens no private door"


async def test_who_is_forgotten_is_counted_no_more(town: GroupTown) -> None:
    group = await town.chat()
    await voted(town, group)
    await town.tapped(group, NINO, "Friday")
    await town.until(lambda: "1 of 5" in group.last, "the count")
    nino = town.phone(NINO)
    assert "1 answer to a question of your group" in (await nino.send("/mydata")).text
    await nino.send("/forget")
    await nino.tap("Yes")
    await town.until(lambda: "0 of 4" in group.last, "the count without Nino")
    assert await town.valley.rows(select(group_answers)) == []
