"""What a person types in Latin letters is read to them, and what neighbours said in other words is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.needs import Life
from scheduler import left_lying
from storage.tables.polls import needs, supports
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone


async def asked_for_words(valley: Valley, name: str, kind: str) -> Phone:
    phone = await valley.resident(name)
    await phone.start("varaguli")
    await phone.tap(kind)
    return phone


async def words_told(valley: Valley) -> list[str | None]:
    return [row.words for row in await valley.rows(select(needs).order_by(needs.c.id))]


async def release_all(valley: Valley) -> None:
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state=Life.RELEASED))


async def finish(phone: Phone) -> None:
    for label in ("Everyone", "Go on without", "that is all"):
        await phone.tap(label)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wyali ar gvaqvs", "წყალი არ გვაქვს"),  # the street
        ("ts'q'ali ar gvakvs", "წყალი არ გვაქვს"),  # the passport
        ("wyali ar modis sofelSi", "წყალი არ მოდის სოფელში"),  # AcadNusx
        ("სოფელში tskali არ არის", "სოფელში წყალი არ არის"),  # a keyboard switched too late
    ],
)
async def test_latin_letters_are_read_back_and_kept_in_georgian(valley: Valley, typed: str, meant: str) -> None:
    await valley.poll()
    nino = await asked_for_words(valley, "nino", "Water")
    assert f"Did you mean: “{meant}”?" in (await nino.send(typed)).text
    assert "Who suffers" in (await nino.tap("Yes")).text
    await finish(nino)
    assert await words_told(valley) == [meant]


async def test_a_wrong_reading_is_refused_and_the_words_stay(valley: Valley) -> None:
    await valley.poll()
    nino = await asked_for_words(valley, "nino", "Water")
    await nino.send("wyali ar gvaqvs")
    await nino.tap("No, as I wrote it")
    await finish(nino)
    assert await words_told(valley) == ["wyali ar gvaqvs"]


async def test_back_from_the_reading_asks_for_the_words_again(valley: Valley) -> None:
    await valley.poll()
    nino = await asked_for_words(valley, "nino", "Water")
    await nino.send("wyali ar gvaqvs")
    assert "in your own words" in (await nino.back()).text
    assert "Who suffers" in (await nino.send("წყალი არ მოდის")).text, "nothing is read back that is Georgian already"


@pytest.mark.parametrize("typed", ["There is no water", "нет воды", "su yoxdur", "წყალი არ გვაქვს", "Wi-Fi არ არის"])
async def test_other_languages_are_not_asked_about(valley: Valley, typed: str) -> None:
    await valley.poll()
    nino = await asked_for_words(valley, "nino", "Water")
    assert "Who suffers" in (await nino.send(typed)).text


async def test_who_vanished_after_the_yes_is_kept_as_they_meant_it(valley: Valley) -> None:
    await valley.poll()
    nino = await asked_for_words(valley, "nino", "Water")
    await nino.send("wyali ar gvaqvs")
    await nino.tap("Yes")
    for _warned_then_ended in range(2):
        valley.town.clock.forward(timedelta(days=8))
        async with valley.town.engine.begin() as db:
            await left_lying.sweep(db, valley.town.clock.now(), TBILISI)
        await valley.town.worker.drain()
    assert await words_told(valley) == ["წყალი არ გვაქვს"]


@pytest.mark.parametrize(
    ("first", "kind", "second"),
    [
        ("ბავშვები სკოლაში ფეხით დადიან", "Roads", "სკოლის ავტობუსი გვინდა"),
        ("წყალი არ გვაქვს", "Something else", "нет воды"),
        ("The road is full of holes", "Roads", "გზა ცუდია"),
    ],
)
async def test_a_neighbour_is_found_whatever_kind_and_words_they_chose(
    valley: Valley, first: str, kind: str, second: str
) -> None:
    await valley.poll()
    gia = await asked_for_words(valley, "gia", "Water")
    await gia.send(first)
    await finish(gia)
    await release_all(valley)
    nino = await asked_for_words(valley, "nino", kind)
    await nino.send(second)
    shown = await nino.tap("Everyone")
    assert "Your neighbours said this already" in shown.text
    await nino.tap(f"👍 {first}")
    assert len(await words_told(valley)) == 1
    await nino.tap("that is all")
    assert len(await valley.rows(select(supports))) == 2


async def test_what_only_looks_alike_or_was_not_released_is_not_offered(valley: Valley) -> None:
    await valley.poll()
    gia = await asked_for_words(valley, "gia", "Water")
    await gia.send("სკოლის განათება გვინდა")
    await finish(gia)
    nino = await asked_for_words(valley, "nino", "Water")
    await nino.send("სკოლაში ბნელა")
    assert "neighbours" not in (await nino.tap("Everyone")).text, "nobody has released it"
    await release_all(valley)
    dato = await asked_for_words(valley, "dato", "Water")
    await dato.send("სკოლაში განათლება კარგი გვინდა")
    assert "neighbours" not in (await dato.tap("Everyone")).text


async def test_nobody_is_asked_twice_to_stand_behind_the_same_need(valley: Valley) -> None:
    await valley.poll()
    gia = await asked_for_words(valley, "gia", "Roads")
    await gia.send("ხიდი ჩანგრეულია")
    await finish(gia)
    await release_all(valley)
    nino = await asked_for_words(valley, "nino", "Roads")
    await nino.send("ხიდი გვინდა")
    await nino.tap("Everyone")
    await nino.tap("👍")
    await nino.tap("one more")
    await nino.tap("Safety")
    await nino.send("ხიდი საშიშია")
    assert "neighbours" not in (await nino.tap("Everyone")).text, "in the same talk"
    await nino.tap("Go on without")
    await nino.tap("that is all")
    await nino.send("/menu")
    await nino.tap("My answer")
    await nino.tap("Tell one more need")
    await nino.tap("Roads")
    await nino.send("ხიდი გასაკეთებელია")
    assert "neighbours" not in (await nino.tap("Everyone")).text, "and later"
