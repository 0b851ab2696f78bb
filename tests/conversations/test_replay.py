"""The engine alone, without a database: whatever way a person walks, only the final answers count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection

import locales
from conversations import tap, trail
from conversations.chat import Chat
from conversations.message import Incoming
from conversations.person import Person
from conversations.questions.option import Option
from conversations.replay import BrokenConversation, Replay, Stage, Suspended
from conversations.world import World

KINDS = [Option("road", "Road"), Option("water", "Water"), Option("other", "Other")]


async def dialogue(chat: Chat) -> None:
    """Branches, loops and optional questions: the second part depends on the first."""
    kind = await chat.pick("kind", "Kind?", KINDS)
    if kind == "other":
        await chat.text("which", "Which?")
    async for part in chat.several("need", at_most=3, more="Another?"):
        await part.number("count", "How many?", optional=True)
    if kind == "water":
        await chat.pick_many("months", "When?", KINDS, at_least=1)
    await chat.confirm("sure", "Sure?")


@dataclass
class Table:
    """One person at the engine, with JSON between any two messages as the database would have it."""

    stage: Stage
    question: Any = None
    ended: bool = False

    async def play(self, message: Incoming | None = None) -> None:
        pressed = tap.read(message.tap) if message and message.tap else None
        meant = pressed.key if pressed else self.stage.pending
        replay = Replay(self._through_json(), message, meant)
        world = World(cast("AsyncConnection", None), datetime.now(UTC), ZoneInfo("UTC"), 1, "test")
        chat = Chat(replay, world, Person(1, "en", None, None, "test", True), 1, {})
        with locales.use("en"):
            try:
                await dialogue(chat)
                self.ended = True
            except Suspended:
                self.ended = False
        self.stage = Stage(replay.trail, replay.draft, replay.pending)
        self.question = replay.question

    def _through_json(self) -> Stage:
        return Stage(
            json.loads(json.dumps(self.stage.trail)), json.loads(json.dumps(self.stage.draft)), self.stage.pending
        )

    async def back(self) -> None:
        try:
            self.stage = Stage(trail.back(self.stage.trail))
        except LookupError:
            return
        await self.play()

    async def press(self, value: str) -> None:
        await self.play(Incoming(tap=tap.data(1, self.stage.pending or "", value)))


MOVE = """back|restart|old|say 7|say nonsense|say Road|say !|tap road|tap water|tap other|tap yes|tap no
tap !done|tap !skip|tap !page.9|tap !to.kind"""
MOVES = st.lists(st.sampled_from(MOVE.replace("\n", "|").split("|")), max_size=40)


async def walk(moves: list[str]) -> Table:
    table = Table(Stage())
    await table.play()
    for move in moves:
        if table.ended:
            break
        word, _space, rest = move.partition(" ")
        if word == "back":
            await table.back()
        elif word == "say":
            await table.play(Incoming(text=rest))
        elif word == "tap":
            await table.press(rest)
        elif word == "old":
            await table.play(Incoming(tap=tap.data(1, "kind", "road")))
        else:
            table = Table(table._through_json())
            await table.play()
    return table


@given(MOVES)
async def test_no_walk_strands_and_only_the_final_answers_count(moves: list[str]) -> None:
    walked = await walk(moves)
    assert walked.ended or walked.stage.pending is not None
    fresh = Table(Stage(walked.stage.trail))
    await fresh.play()
    assert fresh.stage.trail == walked.stage.trail
    assert fresh.ended == walked.ended
    assert walked.ended or fresh.stage.pending == walked.stage.pending


@given(MOVES)
async def test_back_from_anywhere_leads_to_the_first_question(moves: list[str]) -> None:
    walked = await walk(moves)
    if walked.ended:
        return
    for _answer in range(len(walked.stage.trail) + 1):
        await walked.back()
    assert walked.stage.pending == "kind"
    assert walked.stage.trail == []


async def test_two_questions_at_once_are_refused() -> None:
    replay = Replay(Stage())
    world = World(cast("AsyncConnection", None), datetime.now(UTC), ZoneInfo("UTC"), 1, "test")
    chat = Chat(replay, world, Person(1, "en", None, None, "test", True), 1, {})
    with locales.use("en"), pytest.raises(Suspended):
        await chat.text("one", "One?")
    with pytest.raises(BrokenConversation, match="still open"):
        await chat.text("two", "Two?")


@given(st.integers(1, 10**9), st.from_regex(r"[a-z][a-z_.0-9]{0,23}", fullmatch=True), st.text(max_size=200))
def test_a_buttons_data_fits_telegram_and_finds_its_value_again(run: int, key: str, value: str) -> None:
    data = tap.data(run, key, value)
    pressed = tap.read(data)
    assert len(data.encode()) <= tap.LONGEST_DATA
    assert pressed is not None
    assert (pressed.run, pressed.key) == (run, key)
    assert tap.means(pressed.value, value)
