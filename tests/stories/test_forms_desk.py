"""A coordinator brings a form in, has it mended, tries it, puts it to people, and takes the results."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from domain.forms.calls import Mode
from domain.people import Role
from domain.refusal import Refused
from storage.tables.forms import fills, form_calls, form_versions
from storage.tables.people import people
from tests.bad_input.bad_forms import BAD
from tests.stories.forms import md, put
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import Phone

TOO_LARGE = "fifty megabytes"
TREES = md("select_one kinds | tree | Which tree?", "integer | age | How old is it?")
WITH_LIST = md(
    "select_one kinds | tree | Which tree?",
    "integer | age | How old is it?",
    choices=("kinds | fig | Fig", "kinds | fig | The same fig", "kinds | plum | Plum"),
)


@pytest.fixture
def bench(valley: Valley, tmp_path: Path) -> Bench:
    return Bench(valley, tmp_path)


async def desk(bench: Bench, what: str = "Bring in a form") -> Phone:
    cora = await bench.valley.coordinator()
    await cora.send("/menu")
    await cora.tap("Forms: bring in")
    await cora.tap(what)
    return cora


async def test_a_form_is_mended_tried_and_put_to_people(bench: Bench) -> None:
    cora = await desk(bench)
    faulty = await bench.send_file(cora, WITH_LIST)
    assert "Sheet “choices”, row 3: The choice “fig” is in its list twice." in faulty.text
    assert "allow a choice to be in its list twice" in faulty.text
    await cora.tap("Yes, mend it")
    await bench.work(cora)
    texts = "\n".join(await cora.texts())
    assert "is ready: 2 questions, 1 language, about 1 minute." in texts
    assert "Here is the mended file" in texts
    assert "Which tree?" in (await cora.tap("Try it")).text
    await cora.tap("Plum")
    await cora.send("12")
    assert "Nothing of your trial is kept" in "\n".join([(await cora.tap("it is ready")).text, *await cora.texts()])
    assert await bench.valley.rows(select(fills)) == []
    nino = await bench.valley.resident("nino")
    await cora.tap("Put it to people")
    await cora.tap("each resident answers alone")
    await cora.tap("Valley")
    await bench.work(cora)
    assert "A form to answer" in (await cora.last()).text
    told = await nino.last()
    assert "2 questions" in told.text, "everybody concerned is told in their own chat"


async def test_a_form_that_cannot_be_mended_says_what_to_change(bench: Bench) -> None:
    cora = await desk(bench)
    answer = await bench.send_file(cora, TREES)
    assert "row 2: The list of choices is missing" in answer.text
    assert "send the file again" in answer.text
    ready = await bench.send_file(cora, md("text | a | A?"))
    assert "1 question" in "\n".join([ready.text, *await cora.texts()])


@pytest.mark.parametrize("what", [what for what in BAD if what != TOO_LARGE])
async def test_what_could_never_work_is_refused_with_its_row(bench: Bench, what: str) -> None:
    name, content, parts = BAD[what]
    cora = await desk(bench)
    answer = await bench.send_file(cora, content, name)
    for part in parts:
        assert part in answer.text
    assert await bench.valley.rows(select(form_versions.c.id)) == []


async def test_a_file_that_is_too_large_is_not_even_fetched(bench: Bench) -> None:
    name, content, _parts = BAD[TOO_LARGE]
    cora = await desk(bench)
    answer = await bench.send_file(cora, content, name)
    assert "too large; I can take 10 MB" in answer.text
    assert "Please send the form" in answer.text, "and it is asked again"


async def test_our_own_forms_are_at_hand(bench: Bench) -> None:
    cora = await desk(bench, "Take one that is ready")
    await cora.tap("Community profile")
    ready = await bench.work(cora)
    assert "194 questions, 2 languages, about 39 minutes" in ready.text


async def test_a_running_answer_finishes_on_its_own_version(bench: Bench) -> None:
    valley = bench.valley
    nino = await valley.resident("nino")
    call = await put(valley, md("text | a | The old question?", "text | b | The second old one?"))
    await nino.start(f"f{call}")
    await nino.tap("Let us begin")
    await put(valley, md("text | a | The new question?"))
    assert "The second old one?" in (await nino.send("x")).text
    lela = await valley.resident("lela")
    await lela.start(f"f{call}")
    assert "The new question?" in (await lela.tap("Let us begin")).text


async def answered(valley: Valley, call: int, name: str, sex: str, tree: str) -> None:
    phone = await valley.resident(name, sex=sex)
    await phone.start(f"f{call}")
    await phone.tap("Let us begin")
    await phone.tap(tree)
    await phone.send("3")
    await phone.tap("it is ready")


SIX = [(f"p{at}", "woman" if at < 5 else "man", "Fig" if at < 5 else "Plum") for at in range(6)]
GOOD = md(
    "select_multiple kinds | tree | Which tree?",
    "integer | age | How old is it?",
    choices=("kinds | fig | Fig", "kinds | plum | Plum"),
)


async def test_tables_pictures_and_submissions(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD.replace(b"select_multiple", b"select_one"))
    for name, sex, tree in SIX:
        await answered(valley, call, name, sex, tree)
    cora = await desk(bench, "See what came")
    await cora.tap("(6)")
    await cora.tap("Table (.csv)")
    table = await handed(bench, cora)
    rows = list(csv.reader(StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["tree", "age"]
    assert [row[:2] for row in rows[1:]] == [["fig", "3"]] * 5 + [["plum", "3"]]
    await cora.tap("Table with the words")
    sheet = load_workbook(BytesIO(await handed(bench, cora))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:2] == ["Which tree?", "How old is it?"]
    await cora.tap("Submissions")
    archive = zipfile.ZipFile(BytesIO(await handed(bench, cora)))
    assert len(archive.namelist()) == 6
    assert b"<tree>fig</tree>" in archive.read(archive.namelist()[0])
    await cora.tap("Pictures")
    await bench.work(cora)
    assert any(message.raw.get("photo") for message in await cora.messages())


async def handed(bench: Bench, phone: Phone) -> bytes:
    await bench.work(phone)
    files = [message.raw["document"] for message in await phone.messages() if message.raw.get("document")]
    return (bench.folder / str(files[-1])).read_bytes()


async def test_only_the_desk_of_the_place_puts_forms_to_people(bench: Bench) -> None:
    valley = bench.valley
    await put(valley, md("text | a | A?"))
    nino = await valley.member("nino")
    menu = await nino.send("/menu")
    assert not any("bring in" in label for label, _data in menu.buttons)


async def test_forgetting_takes_the_answers_along(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD.replace(b"select_multiple", b"select_one"))
    await answered(valley, call, "nino", "woman", "Fig")
    nino = await valley.town.phone("nino")
    assert "100 %" in (await nino.send("/mydata")).text
    await nino.send("/forget")
    await nino.tap("Yes")
    assert await valley.rows(select(fills)) == []


async def test_a_closed_call_is_not_answered(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, md("text | a | A?"), Mode.PERSON)
    async with valley.town.engine.begin() as db:
        await db.execute(update(form_calls).values(closed_at=valley.town.clock.now()))
        await db.execute(select(people.c.id))
    nino = await valley.resident("nino")
    assert "no longer answered" in (await nino.start(f"f{call}")).text


async def house(phone: Phone, need: str, *, first: bool = False) -> None:
    await phone.tap("Yes, they agree")
    if not first:
        await phone.tap("Nothing")
    await phone.tap(need)
    await phone.send("7")


async def test_the_group_sees_the_pictures_of_its_own_form_and_no_table(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD.replace(b"select_multiple", b"select_one"), Mode.HOUSEHOLD)
    manana, leila = await valley.member("manana"), await valley.member("leila", Role.LEADER)
    await manana.start(f"f{call}")
    await manana.tap("Let us begin")
    await manana.tap("Araguli")
    for at in range(6):
        await house(manana, "Fig", first=at == 0)
        await manana.tap("it is ready")
        await manana.tap("Yes, one more")
    await manana.tap("Yes, they agree")
    await manana.tap("Nothing")
    await manana.tap("Plum")
    await leila.send("/menu")
    seen = await leila.tap("What came of our forms")
    assert "6 finished. 1 is unfinished and not counted." in seen.text
    assert not any("able" in label for label, _data in seen.buttons), "tables hold single homes: they are the desk's"
    await leila.tap("Pictures of the numbers")
    await bench.work(leila)
    assert any(message.raw.get("photo") for message in await leila.messages())


@pytest.mark.parametrize("what", ["labels", "csv", "xml", "profile"])
async def test_whatever_asks_for_a_table_in_a_members_name_is_refused(bench: Bench, what: str) -> None:
    valley = bench.valley
    call = await put(valley, GOOD, Mode.GROUP)
    await valley.member("manana")
    await valley.resident("nino")
    jobs = bench.workshop.jobs
    args = {"call": call, "what": what, "language": "en"}
    with pytest.raises(Refused):
        await jobs["form_results"](await valley.person("manana"), args)
    with pytest.raises(Refused):
        await jobs["form_results"](await valley.person("nino"), args | {"what": "pictures"})
    assert await jobs["form_results"](await valley.person("manana"), args | {"what": "pictures"}) == {"empty": True}


async def test_a_residents_form_is_not_the_groups_to_see(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD)
    await answered_some(valley, call)
    manana = await valley.member("manana")
    assert not any("What came of" in label for label, _data in (await manana.send("/menu")).buttons)
    args = {"call": call, "what": "pictures", "language": "en"}
    with pytest.raises(Refused):
        await bench.workshop.jobs["form_results"](await valley.person("manana"), args)


async def answered_some(valley: Valley, call: int) -> None:
    """Begun, and left after the first answer."""
    nino = await valley.resident("nino")
    await nino.start(f"f{call}")
    await nino.tap("Let us begin")
    await nino.tap("Fig")
    await nino.tap("Done")


async def test_what_is_unfinished_is_told_and_not_counted(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD)
    await answered_some(valley, call)
    await answered_some_fully(valley, call)
    cora = await desk(bench, "See what came")
    seen = await cora.tap("(1)")
    assert "1 finished. 1 is unfinished and not counted." in seen.text
    await cora.tap("Table with the words")
    book = load_workbook(BytesIO(await handed(bench, cora)))
    assert [[cell.value for cell in row] for row in book["_summary"]] == [
        ["Finished, in this workbook", 1],
        ["Unfinished, not counted and not in this workbook", 1],
    ]


async def answered_some_fully(valley: Valley, call: int) -> None:
    lela = await valley.resident("lela")
    await lela.start(f"f{call}")
    await lela.tap("Let us begin")
    await lela.tap("Fig")
    await lela.tap("Done")
    await lela.send("3")
    await lela.tap("it is ready")


async def test_a_link_from_chat_leads_to_the_page(bench: Bench) -> None:
    valley = bench.valley
    call = await put(valley, GOOD)
    cora = await desk(bench, "See what came")
    await cora.tap("(0)")
    await cora.tap("On a computer")
    assert f"&to=/workspace/forms/{call}" in "\n".join(await cora.texts())
