"""The whole story, written once: on Telegram by polling and by webhook, and in a browser; on both databases."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.fakes.telegram_server import telegram_server
from tests.fakes.viber_files import viber_files
from tests.fakes.viber_server import viber_server
from tests.phones.web import browser
from tests.scenarios import founding, goodbye, round_table, training, village_poll, witness
from tests.scenarios.handsets import OnTelegram, OnTheWeb, OnViber, on_telegram, on_the_web, on_viber
from tests.scenarios.program import program
from tests.scenarios.town import Town

TRANSCRIPT = os.environ.get("MRGVALI_TRANSCRIPT")  # a folder to write down what everybody said and read


@asynccontextmanager
async def on(channel: str, database_url: str, media: Path) -> AsyncIterator[Town]:
    if channel == "web":
        make = in_a_browser(database_url, media)
    elif channel == "viber":
        make = by_viber(database_url, media)
    else:
        make = by_telegram(channel, database_url, media)
    async with make as town:
        yield town


@asynccontextmanager
async def by_telegram(way: str, database_url: str, media: Path) -> AsyncIterator[Town]:
    numbers = count(7001)
    async with telegram_server() as server:
        async with program(database_url, media, telegram_api=server.address, public=way == "webhook") as running:

            async def hand_out(language: str) -> OnTelegram:
                return on_telegram(server, running, next(numbers), language)

            yield Town(running, hand_out, account="telegram")
        assert server.errors == [], "every request is as the Bot API describes it"
        assert (server._hook is not None) is (way == "webhook")


@asynccontextmanager
async def by_viber(database_url: str, media: Path) -> AsyncIterator[Town]:
    numbers = count(1)
    async with viber_server() as server, viber_files() as files:
        async with program(database_url, media, viber_api=server.address, public=True) as running:
            await server.hooked()

            async def hand_out(language: str) -> OnViber:
                return on_viber(server, files, running, next(numbers), language)

            yield Town(running, hand_out, account="viber")
        assert server.violations == [], "every message keeps to the published limits"


@asynccontextmanager
async def in_a_browser(database_url: str, media: Path) -> AsyncIterator[Town]:
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(program(database_url, media, public=True))
        chromium = await stack.enter_async_context(browser())

        async def hand_out(language: str) -> OnTheWeb:
            return await on_the_web(chromium, running, language)

        yield Town(running, hand_out, account=None)


@pytest.mark.parametrize("channel", ["polling", "webhook", "viber", "web"])
async def test_from_a_villages_need_to_a_kept_promise(channel: str, database_url: str, tmp_path: Path) -> None:
    async with on(channel, database_url, tmp_path / "media") as town:
        try:
            await story(town)
            await holds(town)
        finally:
            if TRANSCRIPT:
                town.letters.write(Path(TRANSCRIPT) / f"{channel}-{database_url.partition('+')[0]}.md")


async def story(town: Town) -> None:
    await founding.coordinator(town)
    village = await founding.places(town)
    await founding.group(town)
    await founding.official(town)
    await village_poll.opened(town)
    await village_poll.told_in_full(town, village)
    await village_poll.left_midway(town, village)
    await village_poll.read_and_released(town)
    await village_poll.stood_behind(town, village)
    await village_poll.door_to_door(town)
    await village_poll.next_day(town, village)
    await village_poll.changed(town)
    await village_poll.closed(town)
    await village_poll.handed_out(town)
    await village_poll.agreed(town)
    await training.announced(town)
    await training.answered(town)
    await training.reminded(town)
    await training.watched(town)
    await round_table.recorded(town)
    await round_table.corrected(town)
    await round_table.seen_by_both(town)
    await round_table.side_by_side(town)
    await round_table.snoozed(town)
    await round_table.kept(town)
    await goodbye.looked_at(town)
    await goodbye.forgotten(town)


async def holds(town: Town) -> None:
    await witness.nothing_is_left(town)
    await witness.unreleased_words_stay_with_the_desk(town)
    witness.no_small_number_is_shown(town)
    witness.nobody_is_written_to_at_night_or_reminded_twice_a_day(town)
    witness.everybody_reads_their_own_language(town)
