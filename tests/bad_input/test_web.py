"""The web's doors: what the page would never send, other people's cookies and files, bodies without end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from bot.web.rates import Buckets
from bot.web.session import COOKIE
from bot.web.site import Limits
from storage.tables.turns import inbox
from tests.bot.web.village import Village, village
from tests.bot.web.visitor import Visitor

# What does not touch the database's own rules is tried on one of them.
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def closed(database_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    """Its pages are not served yet."""
    async with village(database_url, tmp_path) as made:
        yield made


@pytest.fixture
async def served(closed: Village) -> AsyncIterator[Village]:
    async with closed.open():
        yield closed


@pytest.fixture
async def nino(served: Village) -> AsyncIterator[Visitor]:
    async with Visitor(served.base) as visitor:
        yield visitor


async def unplayed(served: Village) -> int:
    async with served.write.connect() as db:
        query = select(func.count()).select_from(inbox).where(inbox.c.status.in_(("new", "parked")))
        return int((await db.execute(query)).scalar_one())


def said(**fields: Any) -> bytes:
    return json.dumps({"id": str(uuid4()), **fields}).encode()


MALFORMED: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "nested to make us fall": b"[" * 30_000 + b"]" * 30_000,
    "an endless number": b'{"id": ' + b"9" * 6000 + b"}",
    "no id": json.dumps({"text": "x"}).encode(),
    "an id that is no UUID": json.dumps({"id": "1", "text": "x"}).encode(),
    "an id that is an object": json.dumps({"id": {}, "text": "x"}).encode(),
    "nothing said": said(),
    "two things said": said(text="x", tap="1:a:b"),
    "words that are a number": said(text=5),
    "words that are a list": said(text=["x"]),
    "a tap that is null": said(tap=None),
    "a tap without end": said(tap="x" * 5000),
    "a start of 10,000 letters": said(start="v" + "x" * 10_000),
    "a place beyond the earth": said(location=[500, 500]),
    "a place in letters": said(location=["42", "43"]),
    "a place that is no number": b'{"id": "%s", "location": [NaN, Infinity]}' % str(uuid4()).encode(),
    "a photo of nobody": said(photo="0" * 32),
    "a photo that is a path": said(photo="../../etc/passwd"),
    "a document of nobody": said(document="1" * 32),
    "a photo with a wildcard": said(photo="%" * 32),
    "a NUL in a name": said(photo="\0" * 32),
    "a place in time that was never": said(text="x", after=-1),
    "a place in time that is a word": said(text="x", after="soon"),
    "a place in time without end": said(text="x", after=10**30),
    "a language without end": said(text="x", language="k" * 100),
}


async def test_what_the_page_would_never_send_is_refused_with_its_reason(served: Village, nino: Visitor) -> None:
    """In one story: each is a typed refusal, and the next message passes."""
    for what, body in MALFORMED.items():
        served.site.limits.by_person._buckets.clear()
        served.site.limits.by_ip._buckets.clear()
        answer = await nino.http.post(
            "/chat/messages", content=body, headers={"Content-Type": "application/json", "Accept-Language": "ka"}
        )
        assert answer.status_code == 400, what
        told = answer.json()
        assert told["error"] in ("malformed", "not_json"), what
        assert told["message"] == "We could not read this message. Please write it again.", what
    assert (await nino.say(start="")).status_code == 202
    assert (await nino.next())["text"] == "What does your village need most?"
    assert await unplayed(served) == 0


async def test_what_the_page_could_send_is_answered_whatever_it_says(served: Village, nino: Visitor) -> None:
    await nino.say(start="")
    last = await nino.next()
    for text in (
        "\0",
        "\ud83d",
        "👨‍👩‍👧‍👦",
        "{0}",
        "x" * 60_000,
        "1" + ",000" * 12_000,
        "%s",
        "ა" + "\u0301\u0323" * 4500,
    ):
        served.site.limits.by_person._buckets.clear()
        assert (await nino.http.post("/chat/messages", content=said(text=text), headers=JSON)).status_code == 202
        last = await nino.next(last["seq"])
        assert "What does your village need most?" in last["text"]
    for tap in ("", "0:start:groups_desk", "1:kind:!page.x", "9" * 200, "1:kind:\0"):
        assert (await nino.say(tap=tap)).status_code == 202
        last = await nino.next(last["seq"])
    assert await unplayed(served) == 0


JSON = {"Content-Type": "application/json"}


@SQLITE
async def test_a_broken_cookie_is_replaced(served: Village) -> None:
    """Kept as it was, it would shut the visitor out for as long as the browser lives."""
    for cookie in ("x", "", "a b", "é" * 40, '"', "x" * 5000, "%00" * 20):
        async with httpx.AsyncClient(base_url=served.base) as browser:
            page = await browser.get("/chat", headers=[(b"Cookie", f"{COOKIE}={cookie}".encode())])
            assert page.status_code == 200
            assert page.cookies[COOKIE] != cookie
            answer = await browser.post("/chat/messages", content=said(text="x"), headers=JSON)
            assert answer.status_code == 202, cookie


@SQLITE
async def test_a_cookie_of_our_own_is_kept(served: Village, nino: Visitor) -> None:
    before = nino.http.cookies[COOKIE]
    await nino.http.get("/chat")
    assert nino.http.cookies[COOKIE] == before


@SQLITE
async def test_a_made_up_cookie_opens_nothing_of_anybody(served: Village, nino: Visitor) -> None:
    await nino.say(text="hello")
    await nino.next()
    async with served.site.read.connect() as db:
        known = (await db.execute(select(inbox.c.external_id))).scalars().first()
    hashed = str(known).partition(":")[0]
    async with httpx.AsyncClient(base_url=served.base, cookies={COOKIE: hashed}) as thief:
        assert (await thief.get("/chat/history")).json()["messages"] == []


STRANGE_PAGES = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "http://user@127.0.0.1"},
]


@SQLITE
async def test_another_page_cannot_speak_with_this_persons_cookie(served: Village, nino: Visitor) -> None:
    for path in ("/chat/messages", "/chat/photos", "/chat/documents", "/demo/clock", "/demo/reset"):
        kind = {"/chat/photos": "image/png", "/chat/documents": "text/csv"}.get(path, "application/json")
        for headers in STRANGE_PAGES:
            answer = await nino.http.post(path, content=b"{}", headers={**headers, "Content-Type": kind})
            assert (answer.status_code, answer.json()["error"]) == (403, "origin"), (path, headers)


@SQLITE
async def test_a_form_of_another_page_is_no_message(nino: Visitor) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        answer = await nino.http.post("/chat/messages", content=said(text="x"), headers={"Content-Type": kind})
        assert answer.status_code == 415, kind


async def test_a_file_that_is_nobodys(served: Village, nino: Visitor) -> None:
    await nino.say(text="x")
    for name in ("%00", "..%2f..%2fetc%2fpasswd", "%25", "_" * 32, "x" * 3000, "🙂", "0" * 32):
        answer = await nino.http.get(f"/media/{name}")
        assert (answer.status_code, answer.json()["error"]) == (404, "unknown"), name


async def test_a_place_in_the_stream_that_is_none(nino: Visitor) -> None:
    await nino.say(start="")
    for after in ("-1", "x", "99999999999", "9" * 40, "1e3"):
        async with asyncio.timeout(10):
            async for event in nino.events(last_id=after):
                if "data" in event:
                    assert event["data"]["text"] == "What does your village need most?"
                    break


@SQLITE
async def test_a_body_without_end_is_refused(served: Village, nino: Visitor) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _piece in range(1500):
            yield b"x" * 10_000

    for path, kind in (("/chat/messages", JSON), ("/chat/photos", {"Content-Type": "image/png"})):
        try:
            answer = await nino.http.post(path, content=endless(), headers=kind)
            assert answer.status_code == 413
        except httpx.WriteError:
            pass  # the door was shut while we still wrote


@SQLITE
async def test_a_body_that_never_comes_is_not_waited_for(
    served: Village, nino: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.refusals.PATIENCE", 0.2)

    host, port = served.base.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /chat/messages HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
    cookie = f"Cookie: {COOKIE}={nino.http.cookies[COOKIE]}\r\n"
    writer.write((head + cookie + "Content-Length: 100\r\n\r\n{").encode())
    async with asyncio.timeout(10):
        assert b" 408 " in await reader.readline()
    writer.close()


@SQLITE
async def test_who_hangs_up_in_the_middle_leaves_no_trace(
    served: Village, nino: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = served.base.removeprefix("http://").split(":")
    _reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /chat/photos HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: image/png\r\n"
    cookie = f"Cookie: {COOKIE}={nino.http.cookies[COOKIE]}\r\n"
    writer.write((head + cookie + "Content-Length: 100\r\n\r\n{").encode())
    await writer.drain()
    writer.close()
    await asyncio.sleep(0.2)
    assert (await nino.say(text="still here")).status_code == 202
    assert not [record for record in caplog.records if record.exc_info]


@SQLITE
async def test_streams_are_bounded_in_all(closed: Village) -> None:
    async with closed.open(limits=Limits(streams=4)):
        visitors = [httpx.AsyncClient(base_url=closed.base, cookies={COOKIE: f"{n:040}"}) for n in range(7)]
        requests = [visitor.build_request("GET", "/chat/events") for visitor in visitors]
        async with asyncio.timeout(20):
            answers = [await one.send(asked, stream=True) for one, asked in zip(visitors, requests, strict=True)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [503] * 3
        assert int(answers[-1].headers["retry-after"]) > 0
        for answer, visitor in zip(answers, visitors, strict=True):
            await answer.aclose()
            await visitor.aclose()


@SQLITE
async def test_an_error_of_our_own_is_a_sentence_too(served: Village, nino: Visitor) -> None:
    async def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError

    object.__setattr__(served.site.inbox, "keep_and", broken)  # a first message notes its device as well
    answer = await nino.say(text="x")
    assert (answer.status_code, answer.json()["error"]) == (500, "broken")
    assert "Traceback" not in answer.text


@SQLITE
async def test_a_neighbouring_domain_cannot_plant_a_cookie(closed: Village) -> None:
    """Over https it has a name that only this very host can set; one under the old name is not looked at."""
    async with closed.open(public_url="https://mrgvali.example.ge"), httpx.AsyncClient(base_url=closed.base) as browser:
        page = await browser.get("/chat", headers={"Cookie": f"{COOKIE}={'x' * 43}"})
        planted = await browser.get("/chat/history", headers={"Cookie": f"{COOKIE}={'x' * 43}"})
    assert page.headers["set-cookie"].startswith(f"__Host-{COOKIE}=")
    assert "secure" in page.headers["set-cookie"].lower()
    assert planted.status_code == 401


@SQLITE
async def test_many_cookies_of_one_place_do_not_fill_the_disk(closed: Village) -> None:
    limits = Limits(files_of_ip=Buckets(burst=3, rate=0.01))
    async with closed.open(limits=limits), httpx.AsyncClient(base_url=closed.base) as thief:
        kind = {"Content-Type": "text/csv"}
        codes = []
        for number in range(5):
            thief.cookies = httpx.Cookies({COOKIE: f"{number:040}"})
            codes.append((await thief.post("/chat/documents", content=b"x", headers=kind)).status_code)
    assert codes == [201, 201, 201, 429, 429]


@SQLITE
async def test_a_person_reads_a_refusal_as_a_page_and_a_script_as_data(served: Village) -> None:
    nowhere = ("/board/promise/7", "/board/village/x", "/minutes/x", "/meeting/1", "/amend/x", "/nothing")
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "ka"}
    async with httpx.AsyncClient(base_url=served.base) as client:
        for path in nowhere:
            page, data = await client.get(path, headers=browser), await client.get(path)
            assert (page.status_code, data.status_code) == (404, 404), path
            assert "<h1>აქ არაფერია.</h1>" in page.text, path
            assert '<a href="/board?lang=ka">' in page.text
            assert data.json()["error"] == "unknown"
