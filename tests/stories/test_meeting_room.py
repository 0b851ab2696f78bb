"""A secretary without a browser writes a whole round table down in the chat."""

from __future__ import annotations

from datetime import timedelta

from domain.meetings.record import Answer, Counted, ReadBack, Record, Side, State
from domain.people import Sex
from storage import meeting_voices, meetings, voices
from tests.stories.test_round_table import prepare, read
from tests.stories.valley import Valley
from tests.town import Phone


async def taps(phone: Phone, *labels: str) -> str:
    for label in labels:
        shown = await phone.tap(label)
    return shown.text


async def entered(valley: Valley) -> Phone:
    """Prepared, and the secretary at the desk in the chat."""
    lela, _gia = await prepare(valley)
    await lela.send("/menu")
    await taps(lela, "The round table's desk", "Here, in the chat", "Begin the meeting")
    return lela


async def test_a_meeting_is_written_down_by_taps(valley: Valley) -> None:
    lela = await entered(valley)
    assert "Gia M." in await taps(lela, "Gia M., mayor", "Man")
    await taps(lela, "Somebody else")
    await lela.send("Manana K.")
    assert "✓ Manana K." in await taps(lela, "Community", "No office", "Woman")
    await taps(lela, "To the issues", "Who is in the chair", "Gia M.", "Somebody else")
    await lela.send("Lela")
    await taps(lela, "Roads", "Who presents it", "Manana K.", "What was heard")
    await lela.send("We walk around since May.")
    await taps(lela, "A question", "Manana K.")
    await lela.send("When do you begin?")
    await lela.send("In spring")
    await taps(lela, "Gia M.", "A vote", "On the issue")
    for number in ("12", "1", "2"):
        await lela.send(number)
    await taps(lela, "Answer of the municipality", "Gia M.", "In part", "the budget", "2026", "Not needed", "A promise")
    await taps(lela, "Gia M.")
    await lela.send("We will mend the bridge.")
    page = await taps(lela, "soon")
    assert "“We will mend the bridge.”" in page
    assert "By which day" in page
    await lela.tap("A day was named")
    await lela.send("20.05.2026")
    await taps(lela, "How it will be checked")
    await lela.send("The group walks over it")
    await taps(lela, "The speaker confirmed", "Back to the issue", "All issues", "End the meeting", "Yes, end it")
    _as_it_was_said(await read(valley))


def _as_it_was_said(record: Record) -> None:
    assert (record.state, record.chair, record.secretary) == (State.CLOSED, "Gia M.", "Lela")
    assert record.sat() == {Sex.MAN: 1, Sex.WOMAN: 1}
    [item] = record.items
    assert item.presented_by is not None
    assert (item.presented_by.name, item.heard) == ("Manana K.", "We walk around since May.")
    [asked] = item.questions
    assert asked.replied_by is not None
    assert (asked.reply, asked.replied_by.name) == ("In spring", "Gia M.")
    assert [(each.in_favour, each.against, each.abstained) for each in item.votes] == [(12, 1, 2)]
    answer = item.answer_of(Side.EXECUTIVE)
    assert answer is not None
    assert (answer.answer, answer.counted, answer.year) == (Answer.PARTLY, Counted.BUDGET, 2026)
    [promise] = item.promises
    assert (promise.words, promise.due_on.isoformat()) == ("We will mend the bridge.", "2026-05-20")
    assert (promise.check, promise.read_back) == ("The group walks over it", ReadBack.CONFIRMED)
    assert record.spoke() == {Sex.WOMAN: 1, Sex.MAN: 1}


async def test_what_is_wrong_is_said_anew_or_taken_out(valley: Valley) -> None:
    lela = await entered(valley)
    await taps(lela, "Gia M., mayor", "Man", "To the issues", "Roads", "An opinion", "Somebody else")
    await lela.send("Zura")
    await lela.tap("Man")
    await lela.send("The tunnle too")
    await taps(lela, "Correct something", "Zura", "Say it anew")
    assert "The tunnel too" in (await lela.send("The tunnel too")).text
    await taps(lela, "A promise", "Gia M.")
    await lela.send("Soon")
    await taps(lela, "No time was named", "Back to the issue", "Correct something", "A promise: Gia M.", "Take out")
    await taps(lela, "All issues", "Who is here", "Take a name out", "Gia M.", "Take out")
    record = await read(valley)
    assert [each.words for each in record.items[0].opinions] == ["The tunnel too"]
    assert (record.items[0].promises, record.attendees) == ((), ())


async def test_the_code_is_said_aloud_and_another_secretary_finds_the_same_record(valley: Valley) -> None:
    lela = await entered(valley)
    await lela.tap("They write a code themselves")
    nino = await valley.resident("nino")
    async with valley.town.engine.connect() as db:
        code = await meetings.code(db, meeting_id=1)
    await nino.send(code)
    await nino.send("Nino N.")
    await taps(nino, "Community", "None", "Woman")
    cora = await valley.coordinator()
    await cora.send("/menu")
    assert "✓ Nino N." in await taps(cora, "The round table's desk", "Here, in the chat", "Who is here")
    await taps(lela, "To the issues", "Roads", "A promise", "Gia M.", "Man")
    valley.town.clock.forward(timedelta(hours=1))
    await lela.send("We look into it")
    await taps(lela, "No time was named", "Keep a recording")
    await lela.act(media={"kind": "voice", "ref": "voice-1", "size": 900, "mime": "audio/ogg"})
    await lela.tap("The speaker corrected")
    await lela.send("We look into it this year")
    [(_item, promise)] = (await read(valley)).promises
    assert (promise.words, promise.first_words) == ("We look into it this year", "We look into it")
    assert promise.due is None
    async with valley.town.engine.begin() as db:
        year_later = valley.town.clock.now() + timedelta(days=365)
        await voices.sweep(db, now=year_later)
        assert await meeting_voices.of(db, meeting_id=1) == {promise.voice}, "it is no neighbour's recording"
    await lela.tap("Delete the recording")
    async with valley.town.engine.connect() as db:
        assert not await meeting_voices.of(db, meeting_id=1)
