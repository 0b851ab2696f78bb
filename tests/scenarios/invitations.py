"""A round table is prepared in chat: its agenda, the invitation with its briefs, a written answer, the reminders."""

from __future__ import annotations

from pathlib import Path

from domain.meetings.record import Answer, Reply, Side, Source
from tests.scenarios.hall import MAYOR, ROAD, WATER, Hall
from tests.scenarios.town import at
from tests.scenarios.villager import own

TABLE = at(14, 10, 11)
PLACE = "ძევერის მერია, დიდი დარბაზი"
BEFOREHAND = "ინჟინერს გავგზავნით და ხარჯთაღრიცხვას გავაკეთებთ."


async def sent(hall: Hall) -> None:
    nana = hall.nana
    await nana.menu("More", "🪑 Prepare a round table", own("14 ოქტომბერი"), own("11:00"))
    await nana.send(PLACE)
    await nana.taps(own(ROAD), own(WATER), "Done ({count})", own("20"), own(MAYOR), "Done ({count})", "Yes, send them")
    await hall.program.settle()
    await hall.letters.collect()


async def arrived(hall: Hall, media: Path) -> None:
    """With the brief of each issue and the day for the calendar."""
    papers = [letter.said.document for letter in hall.letters.to("gia") if letter.said.document]
    assert [(media / each).read_bytes()[:5] for each in papers] == [b"%PDF-", b"%PDF-", b"BEGIN"]
    for words in (own(PLACE), own("11:00"), own(ROAD), own(WATER)):
        await hall.gia.sees(words)


async def answered(hall: Hall) -> None:
    """What the mayor says in writing stands in the agenda."""
    await hall.gia.taps("I am coming", "✍️ Answer the round table in writing", own(ROAD), "We will study it")
    await hall.gia.send(BEFOREHAND)
    await hall.gia.taps("That is all")
    record = await hall.record()
    assert [each.words for each in record.items] == [ROAD, WATER]
    assert [each.reply for each in record.guests] == [Reply.COMING]
    given = record.items[0].answer_of(Side.EXECUTIVE)
    assert given is not None
    assert (given.answer, given.source, given.words) == (Answer.WILL_STUDY, Source.BEFOREHAND, BEFOREHAND)


async def the_day_comes(hall: Hall) -> None:
    """A week and a day before it they are reminded."""
    await hall.days_pass(TABLE)
    for who in (hall.gia, hall.nana):
        assert who.times_heard("A reminder: the round table is near.") == 2
