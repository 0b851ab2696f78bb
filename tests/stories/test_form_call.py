"""Residents answer a form: every type of question, skip logic, Back, what does not fit, the last look."""

from __future__ import annotations

import json

from sqlalchemy import select

from domain.forms.form import compile_form
from domain.forms.session import Session
from storage.tables.forms import fill_answers, fills, form_versions
from tests.stories.forms import md, put
from tests.stories.valley import Valley
from tests.town import Phone

GARDEN = md(
    "note | hello | Good day!",
    "select_one yn | has | Do you have a garden?",
    "integer | trees | How many trees? | ${has} = 'yes' | . < 100",
    "select_multiple kinds | kinds | Which trees? | ${trees} > 0",
    "text | dream | What would you grow?",
    choices=("yn | yes | Yes indeed", "yn | no | Not at all", "kinds | apple | Apple", "kinds | fig | Fig"),
)


async def begin(valley: Valley, content: bytes, name: str = "nino") -> Phone:
    phone = await valley.resident(name)
    call = await put(valley, content)
    await phone.start(f"f{call}")
    await phone.tap("Let us begin")
    return phone


async def answers(valley: Valley) -> dict[str, str]:
    """What would be sent: what is not relevant any more is kept, and left out."""
    [row] = await valley.rows(select(fills))
    [version] = await valley.rows(select(form_versions.c.xform))
    values = Session.load(compile_form(version.xform), json.loads(row.answers)["a"]).values()
    return {ref.rpartition("/")[2]: value for ref, value in values.items() if "/meta/" not in ref}


async def test_a_resident_answers_to_the_end(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    first = (await nino.last()).text
    assert "Good day!" in first
    assert "Do you have a garden?" in first
    assert "How many trees?" in (await nino.tap("Yes indeed")).text
    assert "Which trees?" in (await nino.send("three")).text
    await nino.tap("Apple")
    assert "What would you grow?" in (await nino.tap("Done")).text
    assert "4 answers" in (await nino.send("Kiwi")).text
    assert "Thank you" in (await nino.tap("it is ready")).text
    assert await answers(valley) == {"has": "yes", "trees": "3", "kinds": "apple", "dream": "Kiwi"}
    [row] = await valley.rows(select(fills))
    assert (row.state, row.percent, row.person_id) == ("done", 100, await valley.person("nino"))


async def test_what_does_not_fit_is_asked_again_and_nothing_is_lost(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    await nino.tap("Yes indeed")
    again = await nino.send("200")
    assert "does not fit" in again.text
    assert "How many trees?" in again.text
    assert "Which trees?" in (await nino.send("2")).text


async def test_a_change_upstream_asks_only_what_became_relevant(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    await nino.tap("Not at all")
    await nino.send("Kiwi")
    await nino.tap("Change an answer")
    await nino.tap("Do you have a garden?")
    assert "How many trees?" in (await nino.tap("Yes indeed")).text
    assert "1 answer" not in (await nino.send("0")).text
    await nino.tap("it is ready")
    assert await answers(valley) == {"has": "yes", "trees": "0", "dream": "Kiwi"}


async def test_back_walks_through_the_form_and_out_of_nothing(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    await nino.tap("Yes indeed")
    await nino.send("4")
    assert "How many trees?" in (await nino.back()).text
    assert "Do you have a garden?" in (await nino.back()).text
    assert "saved already" in (await nino.back()).text, "what was begun is kept; the form goes on"
    assert "What would you grow?" in (await nino.tap("Not at all")).text
    await nino.tap("Skip")
    await nino.tap("it is ready")
    assert await answers(valley) == {"has": "no"}


async def test_an_old_button_never_answers_another_question(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    old = await nino.data("Not at all")
    await nino.tap("Yes indeed")
    answer = await nino.act(tap=old, callback="c")
    assert "earlier question" in answer.text
    assert "How many trees?" in answer.text


async def test_the_form_goes_on_after_a_restart_and_another_day(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    await nino.tap("Yes indeed")
    await nino.send("/cancel")
    valley.town.worker = valley.town.new_worker()
    await nino.send("/menu")
    assert "How many trees?" in (await nino.tap("Forms")).text


async def test_who_answered_is_not_asked_twice(valley: Valley) -> None:
    nino = await begin(valley, md("text | a | A?"))
    await nino.send("x")
    await nino.tap("it is ready")
    menu = await nino.send("/menu")
    assert not any("Forms" in label for label, _data in menu.buttons)


ALL = md(
    "decimal | dec | Decimal?",
    "date | day | Day?",
    "time | hour | Hour?",
    "dateTime | moment | Moment?",
    "geopoint | point | Point?",
    "geotrace | line | Line?",
    "geoshape | area | Area?",
    "image | photo | Photo?",
    "barcode | code | Code?",
    "acknowledge | agree | Agree?",
    "rank kinds | order | Order?",
    "range | level | Level?",
    choices=("kinds | apple | Apple", "kinds | fig | Fig", "kinds | plum | Plum"),
    columns="type | name | label",
)


async def test_every_type_has_its_natural_answer(valley: Valley) -> None:
    nino = await begin(valley, ALL)
    await nino.send("2,5")
    await nino.send("14.10.2026")
    await nino.send("9:30")
    await nino.send("14.10.2026")
    await nino.send("14:05")
    await nino.location(41.5, 44.5)
    for at in (1, 2):
        await nino.location(41.5, 44.0 + at)
    await nino.tap("Done (2)")
    for at in (1, 2, 3):
        await nino.location(41.0 + at, 44.0)
    await nino.tap("Done (3)")
    await nino.photo()
    await nino.send("4860001234567")
    await nino.tap("I have read it")
    await nino.tap("Fig")
    await nino.tap("Plum")
    last = await nino.tap("7")
    assert "12 answers" in last.text
    given = await answers(valley)
    assert given.pop("photo").endswith(".jpg")
    assert given == {
        "dec": "2.5",
        "day": "2026-10-14",
        "hour": "09:30:00.000+04:00",
        "moment": "2026-10-14T14:05:00.000+04:00",
        "point": "41.5 44.5 0.0 0.0",
        "line": "41.5 45.0 0.0 0.0;41.5 46.0 0.0 0.0",
        "area": "42.0 44.0 0.0 0.0;43.0 44.0 0.0 0.0;44.0 44.0 0.0 0.0;42.0 44.0 0.0 0.0",
        "code": "4860001234567",
        "agree": "OK",
        "order": "fig plum apple",
        "level": "7",
    }


async def test_rounds_are_told_one_by_one_and_an_empty_one_is_taken_back(valley: Valley) -> None:
    nino = await begin(
        valley, md("begin repeat | child | Child", "text | name | Called?", "end repeat | |", "text | last | Last?")
    )
    await nino.send("Ana")
    assert "one more" in (await nino.last()).text
    await nino.tap("Yes, one more")
    await nino.back()
    assert "Called?" in (await nino.last()).text
    await nino.tap("Leave it: Ana")
    await nino.tap("that is all")
    await nino.send("x")
    await nino.tap("it is ready")
    assert await answers(valley) == {"name": "Ana", "last": "x"}


async def test_each_answer_has_its_source(valley: Valley) -> None:
    nino = await begin(valley, GARDEN)
    await nino.tap("Not at all")
    [source] = await valley.rows(select(fill_answers))
    assert (source.ref, source.known, source.person_id) == ("/form/has", "told", await valley.person("nino"))
    assert source.at == valley.town.clock.now()


START = md("start-geopoint | where | ", "text | dream | What would you grow?")


async def test_a_form_that_wants_to_know_the_place_asks_for_it(valley: Valley) -> None:
    nino = await begin(valley, START)
    assert "where you are now" in (await nino.last()).text
    assert "Please send a place" in (await nino.send("at home")).text
    assert "What would you grow?" in (await nino.location(41.5, 44.5)).text
    assert "where you are now" in (await nino.back()).text
    await nino.location(41.6, 44.5)
    assert "1 answer" in (await nino.send("Kiwi")).text
    await nino.tap("it is ready")
    assert await answers(valley) == {"where": "41.6 44.5 0.0 0.0", "dream": "Kiwi"}


async def test_the_place_is_nobodys_due(valley: Valley) -> None:
    nino = await begin(valley, START)
    assert "What would you grow?" in (await nino.tap("Skip")).text
    await nino.send("Kiwi")
    await nino.tap("it is ready")
    assert await answers(valley) == {"dream": "Kiwi"}
