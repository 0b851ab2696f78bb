"""A resident who reads neither Georgian nor English is asked, told and reminded in Azerbaijani."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from locales import _ as said
from locales import catalogue, use
from scheduler import close_polls
from storage import agreed
from storage.tables.polls import needs
from tests.stories.test_trainings import TUESDAY_AT_TWO, announced, at
from tests.stories.valley import Valley
from tests.town import TBILISI, Phone

GEORGIAN = re.compile("[ა-ჰ]")


async def test_a_phone_in_azerbaijani_is_spoken_with_in_azerbaijani(valley: Valley) -> None:
    await valley.poll()
    leyla = await valley.town.phone("leyla", "az")
    hello = await leyla.start("varaguli")
    assert hello.buttons[0][0] == "Azərbaycanca · 📱"
    for label in ("Azərbaycanca", "Bəli, razıyam", "Bəli, olub", "Qadın", "25-39"):
        await leyla.tap(label)
    assert "nə lazımdır" in (await leyla.last()).text
    await leyla.tap("🚰 Su")
    await leyla.send("Su yoxdur, quyu quruyub")
    await leyla.tap("Qadınlar")
    await leyla.tap("Onsuz davam et")
    thanks = await leyla.tap("Xeyr, hamısı budur")
    assert "Sağ olun! Cavabınız qəbul olundu." in thanks.text
    assert "16 mart 2026" in thanks.text


async def test_words_of_the_menu_and_a_day_are_understood_as_they_are_typed(valley: Valley) -> None:
    leyla = await valley.resident("leyla", language="az")
    assert "Nə etmək istəyirsiniz?" in (await leyla.send("menyu")).text
    assert "Mən kəndinizə nə lazım" in (await leyla.send("kömək")).text
    assert "Mən kəndinizə nə lazım" in (await leyla.send("KOMEK")).text, "from a phone without ö"


async def test_yes_may_be_said_as_to_a_neighbour(valley: Valley) -> None:
    leyla = await valley.town.phone("leyla", "az")
    await leyla.start("varaguli")
    await leyla.tap("Azərbaycanca")
    assert "16 yaşınız" in (await leyla.send("hə")).text
    assert "olanlar üçündür" in (await leyla.send("Yox")).text


async def test_a_training_and_a_result_are_told_in_azerbaijani(valley: Valley) -> None:
    cora, leyla = await valley.coordinator(), await valley.resident("leyla", language="az")
    await announced(valley, cora)
    await leyla.tap("Gəlirəm")
    await at(valley, TUESDAY_AT_TWO - timedelta(hours=28))
    reminded = (await leyla.last()).text
    assert reminded.startswith("Yadınıza salıram, gələcəyinizi demişdiniz:")
    assert "çərşənbə axşamı, 10 mart, 14:00" in reminded
    await _need_water(valley, leyla)
    await _agree(valley)
    closed, listed = (await leyla.texts())[-2:]
    assert closed.startswith("Kəndinizin sorğusu bağlandı.")
    assert listed.startswith("Yaxşı xəbər:")
    assert "1. 🚰 Su" in listed
    assert [text for text in await leyla.texts() if GEORGIAN.search(text)] == []


async def _need_water(valley: Valley, phone: Phone) -> None:
    await valley.poll()
    await phone.start("varaguli")
    for label in ("🚰 Su", "Sözsüz davam et", "Deyə bilmirəm", "Onsuz davam et", "Xeyr, hamısı budur"):
        await phone.tap(label)


async def _agree(valley: Valley) -> None:
    """The poll closes, and the need is put on the list."""
    valley.town.clock.forward(timedelta(days=20))
    now, by = valley.town.clock.now(), await valley.person("cora")
    [need] = await valley.rows(select(needs))
    async with valley.town.engine.begin() as db:
        await close_polls.sweep(db, now, TBILISI)
    await valley.town.worker.drain()
    async with valley.town.engine.begin() as db:
        where = {"poll_id": need.poll_id, "village_id": need.village_id}
        await agreed.record(db, **where, need_ids=[need.id], by=by, now=now)
    await valley.town.worker.drain()


def test_what_only_a_desk_says_is_said_in_georgian() -> None:
    """A group's desk is not translated; Georgian is what its members share with the others."""
    sentence = "No home waits to be asked again."
    with use("az"):
        assert said(sentence) == catalogue("ka").texts[sentence] != sentence
