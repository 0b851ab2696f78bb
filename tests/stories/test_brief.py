"""A group studies an issue of its list: several write, and it comes out as a page and as a speech."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image
from sqlalchemy import select, update

from domain.brief import Section
from domain.refusal import Refused
from storage import agreed, briefs, erasure, polls
from storage import needs as storage_needs
from storage.brief_facts import facts
from storage.tables.briefs import brief_sections
from storage.tables.polls import answers, needs, published_counts
from storage.tables.roles import roles
from tests.stories.test_desk import BRIDGE, tell
from tests.stories.valley import ARAGULI, Valley
from tests.stories.workshop import Bench
from tests.town import Phone


async def agreed_list(valley: Valley) -> int:
    """The bridge stands first, and its words are released."""
    await valley.poll()
    await tell(valley, "a", BRIDGE)
    opener, now = await valley.person("opener"), valley.town.clock.now()
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="released"))
        return await agreed.record(db, poll_id=1, village_id=ARAGULI, need_ids=[1], by=opener, now=now)


async def study(valley: Valley, name: str) -> Phone:
    phone = await valley.member(name)
    mine = roles.c.person_id == await valley.person(name)
    async with valley.town.engine.begin() as db:
        await db.execute(update(roles).where(mine).values(name=name.title()))
    await phone.send("/menu")
    await phone.tap("Study an issue")
    await phone.tap("Araguli, 1. ")
    return phone


async def test_two_members_write_and_see_whose_it_is(valley: Valley) -> None:
    await agreed_list(valley)
    manana = await study(valley, "manana")
    assert "Ready: 0 of 9" in (await manana.last()).text
    await manana.tap("○ What is wrong")
    shown = await manana.send("It fell in May. Since then we walk around.")
    assert "Ready: 1 of 9" in shown.text
    nino = await study(valley, "nino")
    assert "✓ What is wrong – Manana, 2 March 2026" in (await nino.last()).text
    asked = await nino.tap("✓ What is wrong")
    assert "It fell in May." in asked.text
    await manana.tap("✓ What is wrong")
    await manana.send("It fell in June.")
    shown = await nino.send("It fell in April.")
    assert "theirs was:\nIt fell in June." in "\n".join(await nino.texts())
    assert [row.words for row in await valley.rows(select(brief_sections).order_by(brief_sections.c.id))] == [
        "It fell in May. Since then we walk around.",
        "It fell in June.",
        "It fell in April.",
    ]


async def test_a_brief_comes_out_as_a_page_and_for_word(valley: Valley, tmp_path: Path) -> None:
    await agreed_list(valley)
    bench = Bench(valley, tmp_path)
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    bench.post.files["photo-1"] = picture.getvalue()
    manana = await study(valley, "manana")
    await manana.tap("○ Photos")
    await manana.photo()
    await bench.work(manana)
    await manana.tap("○ What exactly")
    await manana.send("Mend the bridge #panic() this year")
    await manana.tap("○ What the law")
    await manana.tap("Village support programme")
    shown = await manana.tap("Done")
    assert "Ready: 3 of 9" in shown.text
    await manana.tap("one page (PDF)")
    await manana.tap("English")
    handed = next(
        each for each in reversed([await bench.work(manana), *await manana.messages()]) if each.raw.get("document")
    )
    assert (tmp_path / handed.raw["document"]).read_bytes().startswith(b"%PDF")
    await manana.tap("The brief for Word")
    await manana.tap("ქართული")
    await bench.work(manana)
    handed = [each for each in await manana.messages() if each.raw.get("document")][-1]
    paper = docx.Document(BytesIO((tmp_path / handed.raw["document"]).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert BRIDGE in words
    assert "Mend the bridge #panic() this year" in words
    assert "სოფლის მხარდაჭერის პროგრამა" in words
    assert len(paper.inline_shapes) == 1


async def test_the_speech_is_changed_sentence_by_sentence(valley: Valley) -> None:
    await agreed_list(valley)
    manana = await study(valley, "manana")
    await manana.tap("○ What is wrong")
    await manana.send("It fell in May.")
    speech = await manana.tap("The speech of two minutes")
    assert "Good day. I speak for the village Araguli." in speech.text
    assert "It fell in May." in speech.text
    await manana.tap("1. Good day.")
    assert "1. Good day, neighbours!" in (await manana.send("Good day, neighbours!")).text
    await manana.tap("2. Our issue")
    assert "Our issue" not in (await manana.tap("Leave it out")).text
    assert "Our issue is" in (await manana.tap("Put it together anew")).text
    assert "Ready: 1 of 9" in (await manana.tap("It is good so")).text


async def test_figures_are_the_published_ones_and_split_only_after_the_poll(valley: Valley) -> None:
    await agreed_list(valley)
    for name in "bcdefg":
        await tell(valley, name, f"The bridge is broken, {name} says")
    day, opener = valley.today(), await valley.person("opener")
    async with valley.town.engine.begin() as db:
        row = {"poll_id": 1, "village_id": ARAGULI, "cell": "roads", "day": day, "shown": 7}
        await db.execute(published_counts.insert().values(**row))
        await db.execute(update(answers).values(sex="woman"))
        open_ = await facts(db, need_id=1, today=day)
        await polls.close(db, poll_id=1, closed_by=opener, now=valley.town.clock.now())
        closed = await facts(db, need_id=1, today=day)
        await db.execute(update(answers).where(answers.c.id == 1).values(sex="man"))
        one_man = await facts(db, need_id=1, today=day)
    assert (open_.named, open_.parts) == (7, None)
    assert closed.parts == {"woman": 7, "man": 0, "undisclosed": 0}
    assert one_man.parts is None
    assert (closed.place, closed.words) == (1, BRIDGE)


async def test_words_that_nobody_released_stay_out_of_it(valley: Valley) -> None:
    await agreed_list(valley)
    async with valley.town.engine.begin() as db:
        await db.execute(update(needs).values(state="told"))
        assert (await facts(db, need_id=1, today=valley.today())).words is None


async def test_a_resident_writes_in_no_brief(valley: Valley) -> None:
    await agreed_list(valley)
    now = valley.town.clock.now()
    nino = await valley.resident("nino")
    person_id = await valley.person("nino")
    assert not [label for label, _data in (await nino.send("/menu")).buttons if "Study" in label]
    async with valley.town.engine.begin() as db:
        with pytest.raises(Refused, match="not_allowed"):
            await briefs.write(db, need_id=1, section=Section.ASK, words="x", by=person_id, now=now)


async def test_who_is_forgotten_leaves_the_words_and_takes_name_and_photos(valley: Valley) -> None:
    await agreed_list(valley)
    manana = await study(valley, "manana")
    await manana.tap("○ What is wrong")
    await manana.send("It fell in May.")
    await manana.tap("○ Photos")
    await manana.photo()
    assert "2 parts of briefs" in "\n".join([(await manana.send("/mydata")).text, *await manana.texts()])
    person_id = await valley.person("manana")
    async with valley.town.engine.begin() as db:
        await erasure.erase(db, person_id=person_id, now=valley.town.clock.now())
        left = await briefs.brief(db, need_id=1)
        assert await storage_needs.public(db, need_id=1) is not None
    assert left.photos == []
    assert (left.words(Section.PROBLEM), left.sections[Section.PROBLEM].author) == ("It fell in May.", None)
