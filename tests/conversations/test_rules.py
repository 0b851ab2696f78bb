"""The engine's rules, one by one, as a person meets them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Conversation, Entry, Registry
from domain.refusal import Refused
from storage import telling
from storage.tables.people import people
from storage.tables.turns import inbox as inbox_table
from storage.tables.turns import runs
from tests.town import Phone, Town

COLOURS = [Option("red", "Red"), Option("blue", "Blue")]


def plays(registry: Registry, play: Conversation, name: str = "welcome", **more: Any) -> None:
    registry.entries.pop(name, None)
    registry.add(Entry(name, play, name.capitalize, needs_welcome=False, **more))


async def person_id(town: Town) -> int:
    async with town.engine.connect() as db:
        return int((await db.execute(select(people.c.id))).scalar_one())


async def trail(town: Town) -> str:
    async with town.engine.connect() as db:
        return str((await db.execute(select(runs.c.trail))).scalars().first())


async def parked(town: Town) -> list[str]:
    async with town.engine.connect() as db:
        query = select(inbox_table.c.error).where(inbox_table.c.status == "parked")
        return [str(error) for error in (await db.execute(query)).scalars()]


async def tell(town: Town, conversation: str, thing: str = "thing:1") -> None:
    someone = await person_id(town)
    async with town.engine.begin() as db:
        await telling.tell(db, person_id=someone, thing=thing, conversation=conversation, args={}, now=town.clock.now())
    await town.worker.drain()


@pytest.fixture
async def nino(town: Town) -> Phone:
    return await town.phone("nino")


async def test_a_question_asked_twice_is_parked_and_the_person_is_told(
    town: Town, registry: Registry, nino: Phone
) -> None:
    async def twice(chat: Chat) -> None:
        await chat.text("name", "Your name?")
        await chat.text("name", "Your name?")

    plays(registry, twice)
    await nino.send("hello")
    shown = await nino.send("Nino")
    assert "Nothing is lost" in shown.text
    assert ["BrokenConversation" in error for error in await parked(town)] == [True]


async def test_what_one_person_breaks_does_not_stop_the_next(town: Town, registry: Registry, nino: Phone) -> None:
    async def breaks_for_nino(chat: Chat) -> None:
        if await chat.text("name", "Your name?") == "Nino":
            raise ZeroDivisionError
        chat.say("Welcome")

    plays(registry, breaks_for_nino)
    mari = await town.phone("mari")
    await nino.send("hello")
    await mari.send("hello")
    await town.receive("nino", text="Nino")
    assert (await mari.send("Mari")).text == "Welcome"
    assert len(await parked(town)) == 1


async def test_a_parked_message_leaves_nothing_of_its_effects(town: Town, registry: Registry, nino: Phone) -> None:
    async def saves_then_breaks(chat: Chat) -> None:
        await chat.text("name", "Your name?")
        await chat.do("save", lambda db: _set_place(db, chat.person.id))
        raise ZeroDivisionError

    plays(registry, saves_then_breaks)
    await nino.send("hello")
    await nino.send("Nino")
    async with town.engine.connect() as db:
        assert (await db.execute(select(people.c.place_note))).scalar_one() is None


async def _set_place(db: AsyncConnection, person: int) -> None:
    await db.execute(people.update().where(people.c.id == person).values(place_note="saved"))


async def test_back_stops_at_what_is_saved(town: Town, registry: Registry, nino: Phone) -> None:
    async def saves(chat: Chat) -> None:
        await chat.pick("colour", "Which colour?", COLOURS)
        await chat.do("save", lambda db: _set_place(db, chat.person.id))
        await chat.text("why", "Why?")

    plays(registry, saves)
    await nino.send("hello")
    await nino.tap("Red")
    shown = await nino.back()
    assert "saved already" in shown.text
    assert shown.text.endswith("Why?")


async def test_a_reading_is_made_once_and_anew_after_back(town: Town, registry: Registry, nino: Phone) -> None:
    readings = iter(["first", "second"])

    async def read(_db: AsyncConnection) -> str:
        return next(readings)

    async def looks(chat: Chat) -> None:
        await chat.pick("colour", "Which colour?", COLOURS)
        seen = await chat.look("seen", read)
        await chat.text("a", f"{seen}, a?")
        await chat.text("b", f"{seen}, b?")

    plays(registry, looks)
    await nino.send("hello")
    assert (await nino.tap("Red")).text == "first, a?"
    assert (await nino.send("x")).text == "first, b?"
    await nino.back()
    await nino.back()
    assert (await nino.tap("Blue")).text == "second, a?"


async def test_a_refusal_of_the_rules_is_spoken_and_ends_the_run(town: Town, registry: Registry, nino: Phone) -> None:
    async def refuse(_db: AsyncConnection) -> None:
        raise Refused("already_answered")

    async def refused(chat: Chat) -> None:
        await chat.pick("colour", "Which colour?", COLOURS)
        await chat.do("save", refuse)

    plays(registry, refused)
    await nino.send("hello")
    assert "counts once" in (await nino.tap("Red")).text
    assert await parked(town) == []


async def test_an_answer_never_goes_to_a_question_put_in_before_it(town: Town, registry: Registry, nino: Phone) -> None:
    async def before(chat: Chat) -> None:
        await chat.text("need", "What is needed?")

    async def after(chat: Chat) -> None:
        await chat.pick("colour", "Which colour?", COLOURS)
        await chat.text("need", "What is needed?")

    plays(registry, before)
    await nino.send("hello")
    plays(registry, after)
    assert "Which colour?" in (await nino.send("water")).text
    assert "water" not in await trail(town)
    assert (await nino.tap("Red")).text == "What is needed?"


async def test_bad_input_gets_the_reason_and_the_question_only(town: Town, registry: Registry, nino: Phone) -> None:
    async def asks(chat: Chat) -> None:
        await chat.pick("colour", "Which colour?", COLOURS)
        chat.say("Thank you for the colour.")
        await chat.number("age", "How old is the tree?", least=0, most=500)

    plays(registry, asks)
    await nino.send("hello")
    assert (await nino.tap("Red")).text == "Thank you for the colour.\n\nHow old is the tree?"
    shown = await nino.send("very")
    assert shown.text.endswith("How old is the tree?")
    assert "for example 25" in shown.text
    assert "The largest number here is 500." in (await nino.send("501")).text


async def test_toggles_change_in_place_and_stay_within_bounds(town: Town, registry: Registry, nino: Phone) -> None:
    async def asks(chat: Chat) -> None:
        many = [Option(number, f"Village {number}") for number in range(30)]
        chosen = await chat.pick_many("which", "Which ones?", many, at_most=2)
        chat.say(f"{chosen}")

    plays(registry, asks)
    await nino.send("hello")
    before = len(await nino.messages())
    await nino.tap("Village 3")
    await nino.tap("More")
    await nino.tap("Village 9")
    assert len(await nino.messages()) == before
    assert "at most 2" in (await nino.tap("Village 10")).text
    assert (await nino.tap("Done (2)")).text == "[3, 9]"


async def test_a_long_list_is_searched_by_typing(town: Town, registry: Registry, nino: Phone) -> None:
    async def asks(chat: Chat) -> None:
        many = [Option(f"v{number}", f"Village {number}") for number in range(300)]
        chat.say(str(await chat.pick("which", "Which one?", many)))

    plays(registry, asks)
    await nino.send("hello")
    assert len((await nino.send("29")).buttons) > 5
    assert (await nino.send("village 299")).text == "v299"


async def test_the_second_tap_on_one_button_changes_nothing(town: Town, registry: Registry, nino: Phone) -> None:
    async def asks(chat: Chat) -> None:
        await chat.pick("first", "First?", COLOURS)
        await chat.pick("second", "Second?", COLOURS)

    plays(registry, asks)
    await nino.send("hello")
    red = await nino.data("Red")
    await nino.act(tap=red, callback="1")
    messages = len(await nino.messages())
    assert (await nino.act(tap=red, callback="2")).text == "Second?"
    assert len(await nino.messages()) == messages
    other = red.replace("red", "blue")
    assert (await nino.act(tap=other, callback="3")).text.startswith("That button belongs to an earlier question.")


async def test_a_button_of_last_week_says_so_kindly(town: Town, registry: Registry, nino: Phone) -> None:
    async def asks(chat: Chat) -> None:
        await chat.pick("first", "First?", COLOURS)

    plays(registry, asks)
    await nino.send("hello")
    red = await nino.data("Red")
    await nino.tap("Red")
    town.clock.forward(timedelta(days=7))
    assert "earlier question" in (await nino.act(tap=red, callback="1")).text


@pytest.mark.parametrize(
    "data", ["", "nonsense", "1:2", "99999:x:y", "0:start:no_such", "0:go:abc", "0:speak:xx", "-1:a:b"]
)
async def test_a_button_that_is_not_ours_gets_an_answer(town: Town, registry: Registry, nino: Phone, data: str) -> None:
    async def asks(chat: Chat) -> None:
        await chat.pick("first", "First?", COLOURS)

    plays(registry, asks)
    await nino.send("hello")
    assert "First?" in (await nino.act(tap=data, callback="1")).text
    assert await parked(town) == []


async def quiz(chat: Chat) -> None:
    await chat.pick("first", "First?", COLOURS)
    await chat.pick("second", "Second?", COLOURS)
    chat.say("The end")


async def news(chat: Chat) -> None:
    chat.say("There is news.")


async def test_news_waits_until_the_conversation_in_front_ends(town: Town, registry: Registry, nino: Phone) -> None:
    plays(registry, quiz)
    plays(registry, news, "news")
    await nino.send("hello")
    await tell(town, "news")
    assert (await nino.last()).text == "First?"
    await nino.tap("Red")
    shown = await nino.tap("Red")
    assert "News" in shown.text
    assert (await nino.tap("Yes, now")).text == "There is news."


async def test_after_twelve_hours_of_silence_news_is_told_at_once(town: Town, registry: Registry, nino: Phone) -> None:
    plays(registry, quiz)
    plays(registry, news, "news")
    await nino.send("hello")
    town.clock.forward(timedelta(hours=24))
    await tell(town, "news")
    assert (await nino.last()).text == "There is news."
    assert (await nino.tap("Blue")).text == "Second?"


async def test_at_night_nobody_is_written_to(town: Town, registry: Registry, nino: Phone) -> None:
    plays(registry, quiz)
    plays(registry, news, "news")
    await nino.send("hello")
    await nino.tap("Red")
    await nino.tap("Red")
    town.clock.forward(timedelta(hours=11))  # 23:00 in Tbilisi
    await tell(town, "news")
    assert (await nino.last()).text == "The end"
    town.clock.forward(timedelta(hours=10))
    await town.worker.drain()
    assert (await nino.last()).text == "There is news."


async def test_one_reminder_a_day_and_the_second_comes_tomorrow(town: Town, registry: Registry, nino: Phone) -> None:
    plays(registry, quiz)
    plays(registry, news, "news", reminder=True)
    await nino.send("hello")
    await nino.tap("Red")
    await nino.tap("Red")
    await tell(town, "news", "thing:1")
    await tell(town, "news", "thing:2")
    assert (await nino.texts()).count("There is news.") == 1
    town.clock.forward(timedelta(days=1))
    await town.worker.drain()
    assert (await nino.texts()).count("There is news.") == 2


async def test_what_was_told_once_is_not_told_again(town: Town, registry: Registry, nino: Phone) -> None:
    plays(registry, quiz)
    plays(registry, news, "news")
    await nino.send("hello")
    await nino.send("/cancel")
    for _twice in range(2):
        await tell(town, "news")
    assert (await nino.texts()).count("There is news.") == 1


@pytest.mark.parametrize("word", ["/back", "back", "უკან", "← უკან", "geri", "назад"])
async def test_back_is_understood_in_every_language(town: Town, registry: Registry, nino: Phone, word: str) -> None:
    plays(registry, quiz)
    await nino.send("hello")
    await nino.tap("Red")
    assert (await nino.send(word)).text == "First?"


@pytest.mark.parametrize("word", ["/cancel", "cancel", "გაუქმება", "✕ გაუქმება", "/cancel@mrgvali_bot"])
async def test_cancel_ends_it(town: Town, registry: Registry, nino: Phone, word: str) -> None:
    plays(registry, quiz)
    await nino.send("hello")
    assert "/menu" in (await nino.send(word)).text


async def test_values_pass_through_json_even_live(town: Town, registry: Registry, nino: Phone) -> None:
    async def pair(_db: AsyncConnection) -> tuple[int, int]:
        return (1, 2)

    async def looks(chat: Chat) -> None:
        chat.say(str(await chat.look("pair", pair)))
        await chat.text("end", "End?")

    plays(registry, looks)
    assert (await nino.send("hello")).text == "[1, 2]\n\nEnd?"
