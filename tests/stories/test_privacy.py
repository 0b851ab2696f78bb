"""Nobody but the desk reads an unreleased sentence or a count under five: looked for in all that ever leaves."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from domain.needs import Kind
from locales import use
from publish import need_words
from publish.answers_xlsx import answers_xlsx
from scheduler import close_polls, publish_counts
from storage import heads, needs
from storage.jsontext import loads
from storage.tables.people import addresses
from storage.tables.polls import answers
from storage.tables.polls import needs as needs_
from storage.tables.turns import outbox
from tests.stories.test_desk import tell
from tests.stories.valley import ARAGULI, Valley
from tests.town import TBILISI, Phone

SECRETS = ("Zurab took the bridge", "Lali beats the dog", "Gela drinks at noon")
DESK = ("manana", "cora", "opener")


async def a_year(valley: Valley) -> int:
    """Three unread sentences of three neighbours, four more voices, a day, a list, and the end of the poll."""
    poll_id = await valley.poll(days=3)
    for name, words in zip(("a", "b", "c"), SECRETS, strict=True):
        await tell(valley, name, words, photo=True)
    for number in range(4):
        await _alone(await valley.resident(f"n{number}"))
    await valley.coordinator()
    manana = await valley.member("manana")
    for name in DESK[:2]:
        phone = await valley.town.phone(name)
        await phone.send("/menu")
        await phone.tap("Read new needs")
    await manana.tap("No, hide it")
    valley.town.clock.forward(timedelta(days=1))
    await _sweep(valley)
    await _alone(await valley.resident("late"))
    await _agree(valley)
    valley.town.clock.forward(timedelta(days=4))
    await _sweep(valley)
    for name in ("a", "n0", "late"):
        phone = await valley.town.phone(name)
        for word in ("/menu", "/help", "/mydata"):
            await phone.send(word)
    return poll_id


async def _alone(phone: Phone) -> None:
    await phone.start("varaguli")
    for label in ("Water", "without words"):
        await phone.tap(label)
    asked = await phone.tap("Hard to say")
    await phone.tap("No, mine is different" if "neighbours" in asked.text else "Go on without")
    if "neighbours" in asked.text:
        await phone.tap("Go on without")
    await phone.tap("that is all")


async def _agree(valley: Valley) -> None:
    cora = await valley.town.phone("cora")
    await cora.send("/menu")
    for label in ("Polls", "· open", "Record the agreed list", "Araguli", "Lali", "Done", "Yes, that is the list"):
        await cora.tap(label)


async def _sweep(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await publish_counts.sweep(db, valley.town.clock.now(), TBILISI)
        await close_polls.sweep(db, valley.town.clock.now(), TBILISI)
    await valley.town.worker.drain()


async def left_the_house(valley: Valley) -> list[tuple[str, str]]:
    query = select(addresses.c.external, outbox.c.payload).join(addresses, addresses.c.id == outbox.c.address_id)
    return [(row.external, row.payload) for row in await valley.rows(query)]


async def test_an_unreleased_sentence_reaches_its_author_and_the_desk_alone(valley: Valley) -> None:
    await a_year(valley)
    readers: dict[str, set[str]] = {words: set() for words in SECRETS}
    for name, payload in await left_the_house(valley):
        for words in SECRETS:
            if words in payload:
                readers[words].add(name)
    assert readers["Lali beats the dog"] <= {"b", *DESK}
    assert "cora" in readers["Lali beats the dog"], "the desk did read it: the test looks in the right place"
    assert readers["Zurab took the bridge"] <= {"a", *DESK}
    assert readers["Gela drinks at noon"] <= {"c", *DESK}


async def test_an_unreleased_photo_is_sent_to_nobody_else(valley: Valley) -> None:
    await a_year(valley)
    photos = [row.media_id for row in await valley.rows(select(needs_.c.media_id)) if row.media_id]
    assert len(photos) == 3
    seen = {name for name, payload in await left_the_house(valley) for photo in photos if photo in payload}
    assert seen <= set(DESK)


async def test_no_number_under_five_reaches_anybody_but_the_desk(valley: Valley) -> None:
    await a_year(valley)
    with use("en"):
        kinds = [need_words.kind(kind) for kind in Kind]
    numbers = [
        int(number)
        for name, payload in await left_the_house(valley)
        if name not in DESK and '"callback"' not in payload
        for kind in kinds
        for number in re.findall(re.escape(kind) + r"[^\d\n]{0,12}(\d+)", loads(payload)["text"])
    ]
    assert numbers, "some number is shown by now: the test looks in the right place"
    assert min(numbers) >= 5


async def test_the_sheet_of_counts_holds_only_what_was_published(valley: Valley) -> None:
    poll_id = await a_year(valley)
    async with valley.town.engine.connect() as db:
        book = load_workbook(BytesIO(await answers_xlsx(db, {"poll": poll_id, "language": "en"})))
    cells = [cell.value for row in book["Counts"].iter_rows() for cell in row]
    numbers = [value for value in cells if isinstance(value, int)]
    assert numbers == [5], "the water of Araguli and no other"
    assert not any(words in str(value) for value in cells for words in SECRETS)


async def test_the_desks_sheet_points_at_nobody(valley: Valley) -> None:
    poll_id = await a_year(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(update(answers).values(sex="woman", age_band="25-39"))
        book = load_workbook(BytesIO(await answers_xlsx(db, {"poll": poll_id, "language": "en"})))
    header = [cell.value for cell in book["Answers"][1]]
    assert not any(word in str(title).lower() for title in header for word in ("person", "name", "account", "phone"))
    numbers = {row[0].value for row in book["Answers"].iter_rows(min_row=2)}
    assert numbers == set(range(1, len(numbers) + 1)), "numbered anew"


@pytest.mark.parametrize("words", [None, "Zurab took the bridge", "bridge"])
async def test_no_search_finds_an_unreleased_sentence(valley: Valley, words: str | None) -> None:
    poll_id = await a_year(valley)
    async with valley.town.engine.connect() as db:
        for kind in Kind:
            found = await needs.alike(db, poll_id=poll_id, village_id=ARAGULI, person_id=None, kind=kind, words=words)
            assert not any(need.words in SECRETS for need in found)
        for head in await heads.heads(db, poll_id=poll_id, village_id=ARAGULI):
            assert head.name not in SECRETS
            assert head.photo is None
