"""The rules of the engine, seen from a phone."""

from __future__ import annotations

from conversations.chat import Chat
from conversations.questions.option import Option
from conversations.registry import Entry, Registry
from tests.town import Town

VILLAGES = [Option("araguli", "Araguli"), Option("zemo", "Zemo")]


async def needs(chat: Chat) -> None:
    village = await chat.pick("village", "Which village?", VILLAGES, title="Village")
    rounds = chat.several("need", at_most=3, more="Another?")
    words = [await need.text("words", "What is needed?") async for need in rounds]
    if await chat.confirm("sure", f"{village}: {', '.join(words)}. Send it?"):
        chat.say(f"Thank you. {len(words)}")


def with_needs(registry: Registry) -> None:
    registry.add(Entry("welcome", needs, lambda: "Needs", in_menu=True))


async def test_from_the_first_question_to_the_thanks(town: Town, registry: Registry) -> None:
    with_needs(registry)
    nino = await town.phone("nino")
    assert (await nino.send("hello")).text == "Which village?"
    assert (await nino.tap("Zemo")).text == "What is needed?"
    assert (await nino.send("water")).text == "Another?"
    await nino.tap("Yes")
    await nino.send("a road")
    assert (await nino.tap("No")).text == "zemo: water, a road. Send it?"
    assert (await nino.tap("Yes")).text == "Thank you. 2"


async def test_back_asks_the_village_again_and_forgets_it(town: Town, registry: Registry) -> None:
    with_needs(registry)
    nino = await town.phone("nino")
    await nino.send("hello")
    await nino.tap("Zemo")
    assert (await nino.back()).text == "Which village?"
    await nino.tap("Araguli")
    await nino.send("water")
    assert (await nino.tap("No")).text == "araguli: water. Send it?"


async def test_an_earlier_answer_is_changed_from_the_summary(town: Town, registry: Registry) -> None:
    with_needs(registry)
    nino = await town.phone("nino")
    await nino.send("hello")
    await nino.tap("Zemo")
    await nino.send("water")
    await nino.tap("No")
    await nino.tap("Change")
    assert (await nino.tap("Village")).text == "Which village?"


async def test_a_new_worker_goes_on_where_the_old_one_died(town: Town, registry: Registry) -> None:
    with_needs(registry)
    nino = await town.phone("nino")
    await nino.send("hello")
    await nino.tap("Zemo")
    town.worker = town.new_worker()
    assert (await nino.send("water")).text == "Another?"


async def test_the_same_message_twice_is_one_message(town: Town, registry: Registry) -> None:
    with_needs(registry)
    nino = await town.phone("nino")
    await nino.send("hello")
    await nino.tap("Zemo")
    for _again in range(2):
        await town.receive("nino", id="same", text="water")
        await town.worker.drain()
    assert (await nino.last()).text == "Another?"
