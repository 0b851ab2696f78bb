"""A field-list is one screen on the web chat, and question by question elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage.tables.forms import fill_answers
from tests.stories.forms import md, put
from tests.stories.test_form_call import answers
from tests.stories.valley import Valley
from tests.town import TELEGRAM, WEB, Phone, Shown

HOME = md(
    "text | who | Who answers? | | | |",
    "begin group | home | About your home | | | | field-list",
    "note | hello | Look at the bill, please. | | | |",
    "integer | rooms | How many rooms? | | . < 20 | At most 19 rooms | ",
    "select_one yn | well | Is there a well? | | | | ",
    "text | depth | How deep is it? | ${well} = 'yes' | | | ",
    "image | picture | A photo of the house? | | | | ",
    "date | built | Built when? | | | | ",
    "end group | | | | | |",
    "text | last | Anything else? | | | |",
    choices=("yn | yes | Yes", "yn | no | No"),
    columns="type | name | label | relevant | constraint | constraint_message | appearance",
)
ROOMS, WELL, DEPTH, BUILT = "/form/home/rooms", "/form/home/well", "/form/home/depth", "/form/home/built"


async def begin(valley: Valley, channel: str = WEB, content: bytes = HOME) -> Phone:
    phone = await valley.resident("nino", channel=channel)
    call = await put(valley, content)
    await phone.start(f"f{call}")
    await phone.tap("Let us begin")
    return phone


def fields(shown: Shown) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in shown.raw["sheet"]["fields"]}


async def fill(phone: Phone, **values: str) -> Shown:
    sheet = (await phone.last()).raw["sheet"]
    named = {f"/form/home/{name}": value for name, value in values.items()}
    return await phone.act(tap=sheet["data"], values=named, callback="c")


async def test_all_its_questions_stand_on_one_screen(valley: Valley) -> None:
    nino = await begin(valley)
    shown = await nino.send("Nino")
    assert "About your home" in shown.text
    assert [(each["label"], each["kind"]) for each in shown.raw["sheet"]["fields"]] == [
        ("Look at the bill, please.", "note"),
        ("How many rooms?", "whole"),
        ("Is there a well?", "one"),
        ("Built when?", "date"),
    ]
    after = await fill(nino, rooms="3", well="no", built="1990-02-01")
    assert "A photo of the house?" in after.text, "what needs the camera is asked behind the screen"
    assert after.raw["answered"] == "✓ 3 · No · 1 February 1990"
    await nino.tap("Skip")
    await nino.send("No")
    await nino.tap("it is ready")
    assert await answers(valley) == {"who": "Nino", "rooms": "3", "well": "no", "built": "1990-02-01", "last": "No"}
    told = {row.ref for row in await valley.rows(select(fill_answers))}
    assert {ROOMS, WELL, BUILT} < told


async def test_what_does_not_fit_comes_back_beside_its_reason_and_the_rest_is_kept(valley: Valley) -> None:
    nino = await begin(valley)
    await nino.send("Nino")
    again = await fill(nino, rooms="200", well="yes", built="soon")
    assert again.raw["edits"], "in place"
    assert again.raw["sheet"]["wrong"] == "Please look at 2 answers once more."
    assert {name: (each["value"], each["wrong"]) for name, each in fields(again).items() if each["kind"] != "note"} == {
        ROOMS: ("200", "At most 19 rooms"),
        WELL: ("yes", ""),
        DEPTH: ("", ""),
        BUILT: ("soon", "I cannot read that answer. Please write it once more."),
    }
    assert (await answers(valley))["well"] == "yes"
    after = await fill(nino, rooms="2", well="yes", depth="7 m", built="")
    assert "A photo of the house?" in after.text


async def test_what_became_relevant_is_asked_next_and_back_undoes_the_screen(valley: Valley) -> None:
    nino = await begin(valley)
    await nino.send("Nino")
    assert "How deep is it?" in (await fill(nino, rooms="3", well="yes", built="")).text
    again = await nino.back()
    assert [fields(again)[name]["value"] for name in (ROOMS, WELL)] == ["3", "yes"]
    assert "Who answers?" in (await nino.back()).text
    assert "How deep is it?" in (await nino.tap("Leave it")).text, "what was answered is not asked again"
    await nino.back()
    await fill(nino, rooms="3", well="no", built="")
    await nino.tap("Skip")
    await nino.send("No")
    await nino.tap("it is ready")
    assert "depth" not in await answers(valley)


async def test_a_change_from_the_last_look_opens_the_screen_again(valley: Valley) -> None:
    nino = await begin(valley)
    await nino.send("Nino")
    await fill(nino, rooms="3", well="no", built="")
    await nino.tap("Skip")
    await nino.send("No")
    await nino.tap("Change an answer")
    again = await nino.tap("Is there a well?")
    assert fields(again)[ROOMS]["value"] == "3"
    assert "How deep is it?" in (await fill(nino, rooms="4", well="yes", built="")).text
    assert "it is ready" in (await nino.send("7 m")).buttons[0][0]


async def test_sent_twice_it_counts_once_and_an_old_one_answers_nothing_else(valley: Valley) -> None:
    nino = await begin(valley)
    sheet = (await nino.send("Nino")).raw["sheet"]
    await nino.act(id="once", tap=sheet["data"], values={ROOMS: "3", WELL: "no", BUILT: ""})
    before = await nino.texts()
    await nino.act(id="once", tap=sheet["data"], values={ROOMS: "3", WELL: "no", BUILT: ""})
    assert await nino.texts() == before
    old = await nino.act(tap=sheet["data"], values={ROOMS: "9", WELL: "no", BUILT: ""})
    assert "A photo of the house?" in old.text
    assert (await answers(valley))["rooms"] == "3"


async def test_words_instead_of_the_fields_are_answered_kindly(valley: Valley) -> None:
    nino = await begin(valley)
    await nino.send("Nino")
    again = await nino.send("three rooms")
    assert "press “Send”" in again.text
    assert set(fields(again)) >= {ROOMS, WELL, BUILT}
    stray = await nino.act(tap=again.raw["sheet"]["data"], values={"/form/who": "Eve", "/form/last": "x", ROOMS: "3"})
    assert "A photo" in stray.text
    assert (await answers(valley))["who"] == "Nino", "only the fields of the screen are taken"


async def test_elsewhere_it_is_asked_question_by_question(valley: Valley) -> None:
    nino = await begin(valley, TELEGRAM)
    shown = await nino.send("Nino")
    assert "sheet" not in shown.raw
    assert "Look at the bill, please." in shown.text
    assert "How many rooms?" in shown.text
    assert "Is there a well?" in (await nino.send("3")).text


async def test_a_round_can_be_a_screen(valley: Valley) -> None:
    content = md(
        "begin repeat | child | Child | field-list",
        "text | name | Called? |",
        "integer | age | How old? |",
        "end repeat | | |",
        "text | last | Last? |",
        columns="type | name | label | appearance",
    )
    nino = await begin(valley, content=content)
    sheet = (await nino.last()).raw["sheet"]
    first = {"/form/child[1]/name": "Ana", "/form/child[1]/age": "4"}
    assert "one more" in (await nino.act(tap=sheet["data"], values=first)).text
    second = await nino.tap("Yes, one more")
    assert set(fields(second)) == {"/form/child[2]/name", "/form/child[2]/age"}
    assert fields(await nino.back()).keys() == first.keys(), "an empty round is taken back"
