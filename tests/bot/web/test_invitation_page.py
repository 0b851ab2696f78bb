"""An official without a chat opens a personal link: issues, brief, calendar, reply, and a written answer."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import httpx
from sqlalchemy import insert

from domain.meetings.entries import Verb
from domain.meetings.record import Answer, Record, Reply, Side, Source
from domain.people import Role, new_token, token_hash
from storage import meeting_links, meetings, passes
from storage.tables.meetings import meetings as table
from storage.tables.people import people
from storage.tables.places import municipalities
from storage.tables.roles import roles
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON, TBILISI

TOKEN, VOICE = "t" * 32, "ab" * 16
STARTS = (MONDAY_NOON + timedelta(days=20)).isoformat()
ITEM = {
    "id": "need-000001",
    "need_id": 1,
    "village_id": 1,
    "community_id": 1,
    "kind": "roads",
    "words": "ხიდი <b>ჩატეხილია",
    "place": 1,
    "minutes": 20,
    "asked": "ხიდის შეკეთება",
}


async def invited(village: Village) -> None:
    async with village.write.begin() as db:
        await db.execute(insert(municipalities).values(code="dz", name_ka="ძევერი", name_en="Dzeveri"))
        await db.execute(insert(people).values(created_at=MONDAY_NOON, language="ka"))
        host = {"person_id": 1, "role": Role.COORDINATOR, "municipality_id": 1}
        await db.execute(insert(roles).values(**host, granted_at=MONDAY_NOON, confirmed_at=MONDAY_NOON))
        made = {"municipality_id": 1, "year": 2026, "number": 3, "code": "1234567", "secretary_id": 1}
        await db.execute(insert(table).values(**made, made_at=MONDAY_NOON))
        for verb, body in ((Verb.PLANNED, {"place": "მერია", "starts_at": STARTS}), (Verb.AGENDA, {"items": [ITEM]})):
            await meetings.note(db, meeting_id=1, verb=verb, body=body, by=1, now=MONDAY_NOON)
        who = {"name": "გია მ.", "office": "მერი", "branch": Side.EXECUTIVE, "token": TOKEN}
        await meeting_links.invite(db, meeting_id=1, **who, by=1, now=MONDAY_NOON)  # type: ignore[arg-type]


async def read(village: Village) -> Record:
    async with village.write.connect() as db:
        return await meetings.read(db, meeting_id=1, zone=TBILISI)


async def test_a_personal_link_shows_the_issues_and_takes_reply_and_answer(closed: Village) -> None:
    await invited(closed)
    async with closed.open(), httpx.AsyncClient(timeout=30, follow_redirects=True) as gia:
        address = f"{closed.base}/invited/{TOKEN}"
        page = await gia.get(address)
        calendar = await gia.get(f"{address}/round-table.ics")
        foreign = await gia.post(
            f"{address}/reply", data={"reply": "coming", "of": STARTS}, headers={"sec-fetch-site": "cross-site"}
        )
        nobody = await gia.post(f"{address}/reply", data={"reply": "sends", "who": " ", "of": STARTS})
        await gia.post(f"{address}/reply", data={"reply": "sends", "who": "ეკა, მოადგილე", "of": STARTS})
        answer = {"item": ITEM["id"], "answer": "will_study", "words": "გამოვაგზავნით ინჟინერს"}
        long = await gia.post(f"{address}/answer", data={**answer, "words": "ა" * 5000})
        strange = await gia.post(f"{address}/answer", data={**answer, "item": "need-999999"})
        answered = await gia.post(f"{address}/answer", data=answer)
        unknown = await gia.get(f"{closed.base}/invited/{'x' * 32}")
        gone = await gia.get(f"{address}/brief-need-999999.pdf")
    assert "ხიდი &lt;b&gt;ჩატეხილია" in page.text
    assert "ხიდის შეკეთება" in page.text
    assert "მობრძანდებით?" in page.text
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    assert [each.status_code for each in (foreign, nobody, long, strange, unknown, gone)] == [
        403,
        409,
        409,
        409,
        404,
        404,
    ]
    assert "ა" * 5000 in long.text, "what was typed stays"
    assert "<b>გია მ., მერი: " in answered.text, "whose answer stands there"
    assert "გამოვაგზავნით ინჟინერს" in answered.text
    record = await read(closed)
    assert (record.guests[0].reply, record.guests[0].sends) == (Reply.SENDS, "ეკა, მოადგილე")
    given = record.items[0].answer_of(Side.EXECUTIVE)
    assert given is not None
    assert (given.answer, given.source) == (Answer.WILL_STUDY, Source.BEFOREHAND)


async def test_another_day_is_said_large_until_it_is_answered(closed: Village) -> None:
    """Also to who comes back to a page of the former day, and presses there."""
    await invited(closed)
    later = (MONDAY_NOON + timedelta(days=22)).isoformat()
    async with closed.open(), httpx.AsyncClient(timeout=30, follow_redirects=True) as gia:
        address = f"{closed.base}/invited/{TOKEN}?lang=en"
        reply = address.replace("?", "/reply?")
        before = await gia.get(address)
        await gia.post(reply, data={"reply": "coming", "of": STARTS})
        async with closed.write.begin() as db:
            moved = {"place": "სკოლა", "starts_at": later}
            await meetings.note(db, meeting_id=1, verb=Verb.PLANNED, body=moved, by=1, now=MONDAY_NOON)
        changed = await gia.get(address)
        old = await gia.post(reply, data={"reply": "coming", "of": STARTS})
        said_of_it = (await read(closed)).guests[0].reply
        answered = await gia.post(reply, data={"reply": "coming", "of": later})
    assert 'class="changed"' not in before.text + answered.text
    assert "<s>22 March 2026, 12:00, მერია</s>" in changed.text
    assert "Please say once more whether you are coming" in changed.text
    assert " checked>" not in changed.text
    assert (old.status_code, said_of_it) == (409, None)
    assert "another day meanwhile" in old.text
    assert (await read(closed)).guests[0].reply is Reply.COMING


async def test_the_desk_has_a_tap_for_who_was_sent_and_says_who_is_on_no_list(closed: Village) -> None:
    await invited(closed)
    guest = (await read(closed)).guests[0].id
    token = new_token()
    async with closed.write.begin() as db:
        sends = {"guest": guest, "reply": "sends", "who": "ლია ბერიძე, მოადგილე"}
        for verb, body in ((Verb.REPLIED, sends), (Verb.CHAIRED, {"chair": "გია მ.", "secretary": "ნანა"})):
            await meetings.note(db, meeting_id=1, verb=verb, body=body, by=1, now=MONDAY_NOON)
        await passes.give(db, person_id=1, token=token, now=MONDAY_NOON)
    async with closed.open(), httpx.AsyncClient(timeout=30) as secretary:
        await secretary.post(f"{closed.base}/workspace/in", data={"pass": token})
        desk = (await secretary.get(f"{closed.base}/workspace/meeting/1")).text
    taps = [json.loads(each) for each in re.findall(r"data-body='([^']*)'", desk)]
    assert {"name": "ლია ბერიძე", "office": "მოადგილე", "side": "executive", "sex": "woman"} in taps
    assert "ნანა დამსწრეთა სიაში არ არის." in desk


async def test_once_the_meeting_has_begun_the_page_only_shows(closed: Village) -> None:
    await invited(closed)
    async with closed.write.begin() as db:
        await meetings.note(db, meeting_id=1, verb=Verb.OPENED, body={}, by=1, now=MONDAY_NOON)
    async with closed.open(), httpx.AsyncClient(timeout=30) as gia:
        address = f"{closed.base}/invited/{TOKEN}"
        assert "<form" not in (await gia.get(address)).text
        late = await gia.post(f"{address}/reply", data={"reply": "coming", "of": STARTS})
    assert late.status_code == 409
    assert (await read(closed)).guests[0].reply is None


async def test_neither_a_stranger_nor_a_resident_comes_to_the_desk(closed: Village) -> None:
    await invited(closed)
    token = new_token()
    async with closed.write.begin() as db:
        await db.execute(insert(people).values(created_at=MONDAY_NOON, language="ka"))
        await passes.give(db, person_id=2, token=token, now=MONDAY_NOON)
    entry = {"id": "12345678", "verb": "opened", "body": {}, "at": MONDAY_NOON.isoformat()}
    async with closed.open(), httpx.AsyncClient(timeout=30) as resident:
        desk = f"{closed.base}/workspace/meeting/1"
        stranger = [(await resident.get(each)).status_code for each in (desk, f"{desk}/screen")]
        posted = await resident.post(f"{desk}/entries", json=[entry])
        await resident.post(f"{closed.base}/workspace/in", data={"pass": token})
        seen = [await resident.get(each) for each in (desk, f"{desk}/screen")]
        heard = await resident.get(f"{desk}/voices/{VOICE}")
        token = token_hash(f"form:{resident.cookies['mrgvali_desk']}")
        sound = {"Content-Type": "audio/ogg", "X-Form-Token": token}
        sent = await resident.post(f"{desk}/voices/{VOICE}", content=b"OggS", headers=sound)
    assert stranger == [401, 401]
    assert posted.status_code == 401
    assert [each.status_code for each in seen] == [403, 403]
    assert (heard.status_code, sent.status_code) == (404, 403)
    assert not any("ჩატეხილია" in each.text for each in seen)
    assert (await read(closed)).opened_at is None
