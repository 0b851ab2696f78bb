"""A resident who reads neither Georgian nor English is asked, told and reminded in Azerbaijani."""

from __future__ import annotations

from locales import _ as said
from locales import catalogue, use
from tests.stories.valley import Valley


async def test_a_phone_in_azerbaijani_is_spoken_with_in_azerbaijani(valley: Valley) -> None:
    await valley.poll()
    leyla = await valley.town.phone("leyla", "az")
    hello = await leyla.start("varaguli")
    assert hello.buttons[0][0] == "Azərbaycanca · 📱"
    for label in ("Azərbaycanca", "Bəli, razıyam", "Bəli, var", "Qadın", "25-39"):
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


def test_what_only_a_desk_says_is_said_in_georgian() -> None:
    """A group's desk is not translated; Georgian is what its members share with the others."""
    sentence = "Everybody has found their village."
    with use("az"):
        assert said(sentence) == catalogue("ka").texts[sentence] != sentence
