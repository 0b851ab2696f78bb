"""A group gives each home a code; with it an answer over the open web counts, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from domain import codes
from domain.codes import TRIES
from storage import counts, household_codes
from storage.household_codes import Made
from storage.tables.honesty import flags
from storage.tables.honesty import household_codes as kept
from storage.tables.polls import answers
from storage.tables.roles import roles
from tests.stories.stuffers import Session, Web, web_of
from tests.stories.valley import ARAGULI, ZEMO, Valley
from tests.stories.workshop import Bench

NEED = ("Roads", "without words", "Children", "Go on without", "that is all")


async def made(valley: Valley, poll_id: int, village: int = ARAGULI, count: int = 3) -> list[Made]:
    if not await valley.rows(select(roles).where(roles.c.role == "member")):
        await valley.member("manana")
    by, now = await valley.person("manana"), valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        return await household_codes.make(db, by=by, poll_id=poll_id, village_id=village, count=count, now=now)


async def begun(web: Web, link: str = "varaguli") -> Session:
    [one] = await web.welcomed(1)
    await one.say(start=link)
    await web.play()
    return one


async def said(web: Web, one: Session, text: str) -> str:
    await one.say(text=text)
    await web.play()
    return str((await one.shows())["text"])


async def told(web: Web, one: Session, *labels: str) -> str:
    for label in labels:
        await one.say(tap=await one.data(label))
        await web.play()
    return str((await one.shows())["text"])


async def origins(valley: Valley) -> list[str]:
    return [row.origin for row in await valley.rows(select(answers.c.origin).order_by(answers.c.id))]


async def real(valley: Valley, poll_id: int) -> Any:
    async with valley.town.engine.connect() as db:
        return await counts.real(db, poll_id=poll_id, village_id=ARAGULI)


async def test_with_the_code_it_counts_and_the_code_works_once(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    poll_id = await valley.poll()
    code = (await made(valley, poll_id))[0].code
    async with web_of(valley, database_url, tmp_path) as web:
        nino, gia = await begun(web), await begun(web)
        assert "slip with a code" in str((await nino.shows())["text"])
        assert "your answer counts" in await said(web, nino, codes.shown(code))
        await told(web, nino, *NEED[:-1])
        assert "Your answer is in" in await told(web, nino, NEED[-1])
        assert "used already" in await said(web, gia, code)
        await told(web, gia, "Roads", "without words", "Children", "👍", "that is all")
    assert await origins(valley) == ["web", "open_web"]
    counted = await real(valley, poll_id)
    assert (counted.people, counted.open_web) == (1, 1)


async def test_without_a_code_one_goes_on_and_it_is_asked_once(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    await made(valley, await valley.poll())
    async with web_of(valley, database_url, tmp_path) as web:
        nino = await begun(web)
        assert "need most" in await told(web, nino, "I have no code")
        assert "Your answer is in" in await told(web, nino, *NEED)
    assert await origins(valley) == ["open_web"]


async def test_nobody_is_asked_where_no_code_was_handed_out(valley: Valley, database_url: str, tmp_path: Path) -> None:
    await valley.poll()
    async with web_of(valley, database_url, tmp_path) as web:
        assert "need most" in str((await (await begun(web)).shows())["text"])


async def test_a_slip_of_the_finger_may_be_mended_and_guessing_is_bounded(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    poll_id = await valley.poll()
    good = (await made(valley, poll_id))[0].code
    async with web_of(valley, database_url, tmp_path) as web:
        nino = await begun(web)
        assert "once more" in await said(web, nino, "12345")
        assert "your answer counts" in await said(web, nino, good)
        gia = await begun(web)
        person = await valley.person(gia.external)
        async with valley.town.engine.begin() as db:
            where: Any = {
                "person_id": person,
                "poll_id": poll_id,
                "village_id": ARAGULI,
                "now": valley.town.clock.now(),
            }
            tries = [await household_codes.redeem(db, typed=str(n) * 10, **where) for n in range(TRIES + 1)]
        assert tries == ["wrong"] * TRIES + ["too_many"]
        assert "many wrong codes" in await said(web, gia, good)
        assert "Your answer is in" in await told(web, gia, *NEED)
    assert await origins(valley) == ["open_web"], "kept, and counted beside"


async def test_the_slips_link_welcomes_and_counts_and_another_villages_does_not(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    poll_id = await valley.poll()
    here, there = (await made(valley, poll_id))[0].code, (await made(valley, poll_id, ZEMO))[0].code
    async with web_of(valley, database_url, tmp_path) as web:
        nino = web.session()
        await nino.say(start="h" + here)
        await web.play()
        shown = await told(web, nino, "English", "I agree", "Yes, I am", "Prefer not", "Prefer not")
        assert "your answer counts" in shown
        await told(web, nino, *NEED)
        gia = await begun(web, "h" + there)
        assert "another village" in str((await gia.shows())["text"])
    assert await origins(valley) == ["web"]


async def test_the_code_by_itself_is_understood_wherever_its_ten_digits_are_typed(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    """The sheet says "open our chat and write this code": a slip that asks what came of it has ten digits too."""
    first, second, _third = await made(valley, await valley.poll())
    async with web_of(valley, database_url, tmp_path) as web:
        stranger = web.session()
        await said(web, stranger, codes.shown(first.code))
        shown = await told(web, stranger, "English", "I agree", "Yes, I am", "Prefer not", "Prefer not")
        assert "your answer counts" in shown
        [nino] = await web.welcomed(1)
        await said(web, nino, "/menu")
        await told(web, nino, "I have a slip")
        assert "your answer counts" in await said(web, nino, second.code)
        assert "Your answer is in" in await told(web, nino, *NEED)
    assert await origins(valley) == ["web"]


async def test_who_had_answered_before_the_slip_came_is_counted_from_then_on(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    poll_id = await valley.poll()
    async with web_of(valley, database_url, tmp_path) as web:
        nino = await begun(web)
        await told(web, nino, *NEED)
        assert await origins(valley) == ["open_web"]
        code = (await made(valley, poll_id))[0].code
        await nino.say(start="h" + code)
        await web.play()
    assert await origins(valley) == ["web"]


async def test_an_account_needs_no_code_and_does_not_use_it_up(valley: Valley) -> None:
    code = (await made(valley, await valley.poll()))[0].code
    nino = await valley.resident("nino")
    assert "without a code" in (await nino.start("h" + code)).text
    assert [row.used_at for row in await valley.rows(select(kept.c.used_at))] == [None] * 3


async def test_a_voided_code_opens_nothing_and_its_answer_is_set_aside_with_a_trace(
    valley: Valley, database_url: str, tmp_path: Path
) -> None:
    poll_id = await valley.poll()
    first, second, _third = await made(valley, poll_id)
    cora = await valley.coordinator()
    async with web_of(valley, database_url, tmp_path) as web:
        nino = await begun(web)
        await said(web, nino, first.code)
        await told(web, nino, *NEED)
        assert (await real(valley, poll_id)).people == 1
        for number in (first.number, second.number):
            await cora.send("/menu")
            for label in ("More", "Codes for homes", "Araguli", "Void a code"):
                await cora.tap(label)
            await cora.send(str(number))
            await cora.send("The sheet was lost")
            await cora.tap("Yes, void it")
        said_to_cora = "\n".join(await cora.texts())
        assert "One answer came with it" in said_to_cora
        assert "No answer had come with it" in said_to_cora
        assert "voided after an answer had come" in said_to_cora, "the only member made the codes: she does not decide"
        gia = await begun(web)
        assert "does not hold" in await said(web, gia, second.code)
    row = (await valley.rows(select(kept).where(kept.c.number == first.number)))[0]
    assert (row.voided_by, row.void_reason) == (await valley.person("cora"), "The sheet was lost")
    counted = await real(valley, poll_id)
    assert (counted.people, counted.set_aside) == (0, 1)
    assert [flag.rule for flag in await valley.rows(select(flags))] == ["code"]


async def test_a_sheet_of_slips_to_print(valley: Valley, tmp_path: Path) -> None:
    await valley.poll(ARAGULI)
    manana = await valley.member("manana")
    bench = Bench(valley, tmp_path)
    await manana.send("/menu")
    await manana.tap("More")
    await manana.tap("Codes for homes")
    await manana.send("12")
    shown = await bench.work(manana)
    assert "ready to print" in shown.text
    assert (tmp_path / shown.raw["document"]).read_bytes().startswith(b"%PDF")
    assert len(await valley.rows(select(kept))) == 12
    await manana.send("/menu")
    await manana.tap("More")
    await manana.tap("Codes for homes")
    assert "100" in (await manana.send("1000")).text
