"""A visitor writes, is answered, and finds everything again."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot.channels.port import Channel, Raw
from bot.inbox import Also
from bot.web.rates import Buckets
from bot.web.session import COOKIE
from bot.web.site import Limits
from storage.tables.people import addresses
from storage.tables.turns import inbox
from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor

NO_MATTER_WHICH_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_what_is_said_is_answered_on_the_stream(nino: Visitor) -> None:
    assert (await nino.say(start="")).status_code == 202
    question = await nino.next()
    assert question["text"] == "What does your village need most?"
    await nino.say(tap=question["rows"][1][0][1], after=question["seq"])
    answer = await nino.next(question["seq"])
    assert (answer["text"], answer["closes"], answer["answered"]) == (
        "Tell it in your own words.",
        question["seq"],
        "✓ Water",
    )


async def test_only_the_hash_of_the_cookie_is_kept(served: Village, nino: Visitor) -> None:
    await nino.say(start="")
    async with served.write.connect() as db:
        kept = (await db.execute(select(addresses.c.external))).scalar_one()
    assert kept == hashlib.sha256(nino.http.cookies[COOKIE].encode()).hexdigest()


async def test_the_same_message_twice_is_kept_once(served: Village, nino: Visitor) -> None:
    same = str(uuid4())
    answers = [await nino.say(id=same, text="water") for _again in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    async with served.write.connect() as db:
        assert (await db.execute(select(func.count()).select_from(inbox))).scalar_one() == 1


async def test_own_words_are_found_again_in_their_place(nino: Visitor) -> None:
    await nino.say(start="")
    question = await nino.next()
    await nino.say(tap=question["rows"][0][0][1], after=question["seq"])
    asked = await nino.next(question["seq"])
    await nino.say(text="ხიდი დაინგრა", after=asked["seq"])
    await nino.next(asked["seq"])
    told = [message.get("text") for message in await nino.history()]
    assert told == [question["text"], asked["text"], "ხიდი დაინგრა", "Thank you: road, ხიდი დაინგრა"]


async def test_nobody_reads_anothers_talk(served: Village, nino: Visitor) -> None:
    await nino.say(start="")
    await nino.say(text="a secret")
    await nino.next()
    async with Visitor(served.base) as gia:
        assert await gia.history() == []


async def test_a_demo_phone_speaks_for_its_person(served: Village) -> None:
    async with Visitor(served.base, phone="leader") as maia:
        await maia.say(start="")
        assert (await maia.next())["text"] == "What does your village need most?"
        assert COOKIE not in maia.http.cookies
    async with Visitor(served.base, phone="official") as giorgi:
        assert await giorgi.history() == []


@NO_MATTER_WHICH_DATABASE
async def test_outside_the_demo_nobody_speaks_for_another(closed: Village) -> None:
    async with closed.open(demo=None), Visitor(closed.base) as gia:
        assert (await gia.http.get("/chat", params={"phone": "leader"})).status_code == 404
        answer = await gia.http.get("/chat/history", params={"phone": "leader"})
        assert (answer.status_code, answer.json()["error"]) == (401, "no_session")
        assert (await gia.http.get("/demo")).status_code == 404


async def test_a_link_preview_starts_nothing(served: Village, nino: Visitor) -> None:
    page = await nino.http.get("/chat", params={"start": 'v1"><script>'})
    assert 'data-start="v1&#34;&gt;&lt;script&gt;"' in page.text
    async with served.write.connect() as db:
        assert (await db.execute(select(func.count()).select_from(inbox))).scalar_one() == 0


async def test_five_thousand_characters_are_taken_and_answered(nino: Visitor) -> None:
    await nino.say(start="")
    question = await nino.next()
    assert (await nino.say(text="ა" * 5000)).status_code == 202
    assert (await nino.next(question["seq"]))["text"]


async def test_nul_bytes_are_taken_and_answered(nino: Visitor) -> None:
    await nino.say(start="")
    question = await nino.next()
    assert (await nino.say(tap=question["rows"][0][0][1] + "\0")).status_code == 202
    asked = await nino.next(question["seq"])
    half = {"id": str(uuid4()), "text": "wa\0ter \ud83d"}
    answer = await nino.http.post(
        "/chat/messages", content=json.dumps(half), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 202
    assert "water" in (await nino.next(asked["seq"]))["text"]


@NO_MATTER_WHICH_DATABASE
@pytest.mark.parametrize(
    ("content", "headers", "status", "error"),
    [
        (b"{", {}, 400, "not_json"),
        (b"\xff\xfe", {}, 400, "not_json"),
        (b"[" * 30_000, {}, 400, "not_json"),
        (b"[]", {}, 400, "malformed"),
        (b'{"text": "no id"}', {}, 400, "malformed"),
        (b'{"text": "x"}', {"Content-Type": "text/plain"}, 415, "not_json"),
        (b'{"text": "x"}', {"Content-Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
        (b" " * 100_000, {}, 413, "too_large"),
        (b"{}", {"Sec-Fetch-Site": "cross-site"}, 403, "origin"),
        (b"{}", {"Sec-Fetch-Site": "same-site"}, 403, "origin"),
        (b"{}", {"Origin": "https://elsewhere.example"}, 403, "origin"),
        (b"{}", {"Origin": "null"}, 403, "origin"),
    ],
)
async def test_what_the_page_never_sends_gets_a_typed_refusal(
    nino: Visitor, content: bytes, headers: dict[str, str], status: int, error: str
) -> None:
    answer = await nino.http.post(
        "/chat/messages", content=content, headers={"Content-Type": "application/json", **headers}
    )
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["message"]


@NO_MATTER_WHICH_DATABASE
async def test_a_refusal_speaks_the_language_of_the_page(nino: Visitor) -> None:
    answer = await nino.http.post(
        "/chat/messages", content=b"{", params={"lang": "ka"}, headers={"Content-Type": "application/json"}
    )
    assert "გთხოვთ" in answer.json()["message"]


@NO_MATTER_WHICH_DATABASE
async def test_without_a_cookie_nothing_is_taken(served: Village, nino: Visitor) -> None:
    nino.http.cookies.clear()
    answer = await nino.say(text="x")
    assert (answer.status_code, answer.json()["error"]) == (401, "no_session")


@NO_MATTER_WHICH_DATABASE
async def test_whoever_writes_too_fast_is_asked_to_wait(closed: Village) -> None:
    limits = Limits(by_person=Buckets(burst=2, rate=0.5))
    async with closed.open(limits=limits), Visitor(closed.base) as nino:
        answers = [await nino.say(text="x") for _message in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert answers[2].headers["Retry-After"] == "2"
        assert "nothing is lost" in answers[2].json()["message"]
        async with Visitor(closed.base) as gia:
            assert (await gia.say(text="x")).status_code == 202


@NO_MATTER_WHICH_DATABASE
async def test_one_address_cannot_write_for_many(closed: Village) -> None:
    async with (
        closed.open(limits=Limits(by_ip=Buckets(burst=2, rate=0.5))),
        Visitor(closed.base) as nino,
        Visitor(closed.base) as gia,
    ):
        answers = [await who.say(text="x") for who in (nino, gia, nino)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]


class Away:
    """An inbox whose database does not answer."""

    async def keep(self, channel: Channel, raws: list[Raw], cursor: int | None = None) -> None:
        raise ConnectionRefusedError

    async def keep_and(self, channel: Channel, raws: list[Raw], also: Also) -> None:
        raise ConnectionRefusedError


@NO_MATTER_WHICH_DATABASE
async def test_while_the_database_is_away_the_page_keeps_the_message(closed: Village) -> None:
    async with closed.open(inbox=Away()), Visitor(closed.base) as nino:
        answer = await nino.say(text="x")
        assert (answer.status_code, answer.json()["error"], answer.headers["Retry-After"]) == (503, "later", "5")


@NO_MATTER_WHICH_DATABASE
async def test_every_answer_has_its_headers(nino: Visitor) -> None:
    for path in ("/chat", "/chat/history", "/health", "/static/chat.js", "/nowhere"):
        headers = (await nino.http.get(path)).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


@NO_MATTER_WHICH_DATABASE
async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(closed: Village) -> None:
    async with closed.open(public_url="https://village.example"), Visitor(closed.base) as nino:
        cookie = (await nino.http.get("/chat")).headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Secure"))


@NO_MATTER_WHICH_DATABASE
async def test_the_pages_are_light(nino: Visitor) -> None:
    for path in ("/chat", "/demo"):
        page = (await nino.http.get(path)).text
        wanted, loaded = _asked_for(page), dict[str, str]()
        while wanted:
            name = wanted.pop()
            loaded[name] = (await nino.http.get(f"/static/{name}")).text
            wanted |= _asked_for(loaded[name]) - loaded.keys()
        assert f"{path[1:]}.js" in loaded
        assert len(page) + sum(map(len, loaded.values())) < 80_000


def _asked_for(text: str) -> set[str]:
    """The files that a page or a script loads."""
    return set(re.findall(r"""["'](?:/static/|\./)([a-z_]+\.(?:js|css|svg))["'?]""", text))


def test_the_limits_leave_room_for_a_school_behind_one_address() -> None:
    limits = Limits()
    assert all(limits.by_ip.take("school") == 0 for _message in range(200))
    assert replace(limits).by_person.take("nino") == 0
