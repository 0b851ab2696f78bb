"""The public board: from the municipality to one promise, in two languages, without a script and without a name."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import httpx
import pytest
from sqlalchemy import delete, insert, update

from domain.links import Links
from domain.needs import Life
from domain.people import Role
from domain.promises import REFUSED, Axis, Finding, Word
from storage import ledger, promise_photos
from storage.tables.assemblies import assemblies, assembly_outcomes
from storage.tables.promises import promise_witnesses
from storage.tables.roles import roles
from storage.tables.turns import media
from tests.bot.web.board_town import TODAY, every, promise, said, saw, settle, tell, three, turn
from tests.bot.web.test_files import jpeg
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

NO_MATTER_WHICH_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PLACES = ("/board", "/board/municipality/dz", "/board/community/1", "/board/village/araguli")

SEARCHES = [
    ("q=gza", "ცენტრალურ ქუჩაზე", 2),
    ("q=water", "სკოლასთან წყლის მილი", 1),
    ("q=წყლები", "სკოლასთან წყლის მილი", 1),
    ("kind=waste", "ნაგვის კონტეინერები", 1),
    ("office=მერი", "ამბულატორიაში", 2),
    ("office=მერი&status=disputed", "ნაგვის კონტეინერები", 1),
    ("status=kept", "სკოლასთან წყლის მილი", 1),
    ("status=candidates", "მინი სტადიონი", 1),
    ("q=nothing+like+that", "", 0),
    ("kind='&status=%00&page=-1", "სარწყავი არხი", 8),
]


@pytest.fixture
async def reader(closed: Village) -> httpx.AsyncClient:
    await settle(closed)
    return httpx.AsyncClient(timeout=30)


async def test_each_page_leads_into_the_chats_that_are_there(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    pages = {"municipality/dz": "bmdz", "village/araguli": "bvaraguli", "promise/1": "bp1"}
    async with reader:
        async with closed.open(named=lambda: Links("mrgvali_bot", None, "mrgvali")):
            for path, payload in pages.items():
                page = (await reader.get(f"{closed.base}/board/{path}?lang=en")).text
                assert f'class="button" href="https://t.me/mrgvali_bot?start={payload}">Follow it on Telegram' in page
                assert f'href="viber://pa?chatURI=mrgvali&amp;context={payload}">Follow it on Viber' in page
                assert f'<a href="/chat?start={payload}">Follow it in the chat' in page
        async with closed.open(named=Links):
            page = (await reader.get(f"{closed.base}/board/promise/1?lang=en")).text
            assert 'class="button" href="/chat?start=bp1">Follow it in the chat' in page
            assert "t.me" not in page


async def test_a_municipality_in_one_sentence(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.open(public_url="https://mrgvali.example.ge"), reader:
        page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=en")).text
        data = (await reader.get(f"{closed.base}/board/municipality/dz.json?lang=en")).json()
        inside = (await reader.get(f"{closed.base}/board/community/1.json?lang=en")).json()
    assert "Of 2 promises due by today: 1 kept (1 of them late), 1 not checked; 1 not yet due." in page
    assert "The &lt;road&gt; will" in page
    assert "the group saw on 1 March 2026 that it is done, with a photo" in page
    assert [(one["name"], one["many"]) for one in data["places"]] == [("Mtisdziri", 0), ("Valley", 3)]
    assert [(one["name"], one["many"]) for one in inside["places"]] == [("Araguli", 3), ("Zemo Ubani", 1)]
    assert sum(part["many"] for part in data["tally"]) == 3


async def test_a_promise_tells_its_story_and_nobody_of_the_group(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        await tell(db, 1, *said(Word.DONE, TODAY, "The bridge too")[:2])
        await tell(db, 1, "note", {"words": "It was the lower bridge"})
    async with closed.open(), reader:
        page = (await reader.get(f"{closed.base}/board/promise/1?lang=en")).text
        silent = (await reader.get(f"{closed.base}/board/promise/2?lang=en")).text
        data = (await reader.get(f"{closed.base}/board/promise/1.json?lang=en")).text
    assert page.index("The group: done") < page.index("The official: done. “The bridge too”")
    assert "Added: “It was the lower bridge”" in page
    assert "<dt>Promised to</dt><dd>Araguli</dd>" in page
    assert "The group: has not checked yet." in silent
    assert "not kept" not in silent.replace("“Not kept” is only said", "")
    assert not any(private in page + data for private in ("Nino", "privately"))


@NO_MATTER_WHICH_DATABASE
async def test_what_the_group_refused_never_reads_as_agreed(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        await tell(db, 2, *said(Word.CHANGED, TODAY, "The money is late")[:2])
        await tell(db, 2, Axis.SCHEDULE, {"value": REFUSED, "wish": 1, "why": None, "due": None})
    async with closed.open(), reader:
        page = (await reader.get(f"{closed.base}/board/promise/2?lang=en")).text
    assert "The group did not agree to the change." in page
    assert "Both sides agreed" not in page


async def test_a_promise_in_parts_is_not_counted_beside_them(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        await tell(db, 2, "split", {"parts": [1, 3]})
    async with closed.open(), reader:
        data = (await reader.get(f"{closed.base}/board/municipality/dz.json?lang=en")).json()
        page = (await reader.get(f"{closed.base}/board/promise/2?lang=en")).text
    assert sum(part["many"] for part in data["tally"]) == 2
    assert [one["words"] for one in data["promises"]] == ["A bus to town", "The <road> will be repaired"]
    assert "A bus to town" in page


async def test_it_is_searched_and_chosen_from(closed: Village, reader: httpx.AsyncClient) -> None:
    await every(closed)
    async with closed.open(), reader:
        for asked, first, many in SEARCHES:
            data = (await reader.get(f"{closed.base}/board/municipality/dz.json?lang=ka&{asked}")).json()
            page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=ka&{asked}")).text
            assert (data["many"], len(data["promises"])) == (many, many), asked
            assert (data["promises"][0]["words"] if many else first).startswith(first), asked
            assert first in page, asked


async def test_a_village_is_found_by_its_name_and_the_language_switch_keeps_what_was_asked(
    closed: Village, reader: httpx.AsyncClient
) -> None:
    await every(closed)
    async with closed.open(), reader:
        for asked in ("araguli", "არაგული", "Aragul"):
            data = (await reader.get(f"{closed.base}/board.json", params={"q": asked})).json()
            assert [one["address"] for one in data["villages_found"]] == ["/board/village/araguli"]
        page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=en&kind=water&page=1")).text
    assert 'href="/board/municipality/dz?lang=ka&amp;kind=water"' in page


async def test_the_list_goes_on_with_the_next_page(closed: Village, reader: httpx.AsyncClient) -> None:
    for number in range(21):
        await promise(closed, f"Promise number {number}.", TODAY)
    await turn(closed)
    async with closed.open(), reader:
        first = (await reader.get(f"{closed.base}/board/village/araguli?lang=en&kind=roads")).text
        second = (await reader.get(f"{closed.base}/board/village/araguli?lang=en&page=2")).text
        beyond = (await reader.get(f"{closed.base}/board/village/araguli?lang=en&page=999")).text
    assert "Promise number 20." in first
    assert '">Promise number 0.</a></h3>' not in first
    assert 'href="/board/village/araguli?lang=en&amp;kind=roads&amp;page=2#promises"' in first
    assert "Promise number 0." in second
    assert "Promise number 0." in beyond


@NO_MATTER_WHICH_DATABASE
async def test_a_page_that_is_known_is_not_sent_again(closed: Village, reader: httpx.AsyncClient) -> None:
    await three(closed)
    async with closed.open(), reader:
        for path in (*PLACES, "/board/promise/1"):
            for ending in ("", ".json"):
                page = await reader.get(f"{closed.base}{path}{ending}?lang=en")
                known = {"if-none-match": page.headers["etag"]}
                again = await reader.get(f"{closed.base}{path}{ending}?lang=en", headers=known)
                assert (page.status_code, again.status_code) == (200, 304), path + ending
                assert page.headers["cache-control"] == "public, max-age=60"


async def test_the_day_alone_moves_a_promise_to_another_number(closed: Village, reader: httpx.AsyncClient) -> None:
    await promise(closed, "A bus to town", TODAY, saw(Finding.UNDER_WAY))
    await turn(closed)
    async with closed.open(), reader:
        today = (await reader.get(f"{closed.base}/board/village/araguli.json?lang=en")).json()["tally"]
        closed.clock.forward(timedelta(days=1))
        await turn(closed)
        after = (await reader.get(f"{closed.base}/board/village/araguli.json?lang=en")).json()["tally"]
    assert [[part["lot"] for part in parts] for parts in (today, after)] == [["not_yet"], ["not_checked"]]


async def test_the_signed_head_can_be_fetched_and_kept(closed: Village, reader: httpx.AsyncClient) -> None:
    await promise(closed, "A bus to town", TODAY)
    async with closed.open(), reader:
        none = await reader.get(f"{closed.base}/board/municipality/dz/head.json")
        async with closed.write.begin() as db:
            await ledger.sign_head(db, municipality_id=1, day=TODAY, now=MONDAY_NOON, secret=b"secret")
        head = (await reader.get(f"{closed.base}/board/municipality/dz/head.json")).json()
        page = (await reader.get(f"{closed.base}/board/municipality/dz?lang=en")).text
    assert none.status_code == 404
    assert head["hash"] in page
    assert list(head["chains"]) == ["promise:1"]


@NO_MATTER_WHICH_DATABASE
async def test_what_is_not_there(closed: Village, reader: httpx.AsyncClient) -> None:
    nowhere = ["municipality/x", "village/x", "community/9", "promise/9", "promise/x"]
    nowhere += [f"{each}/99999999999999999999" for each in ("promise", "community")]
    async with closed.open(), reader:
        for path in nowhere:
            for ending in ("", ".json", ".atom", ".png"):
                assert (await reader.get(f"{closed.base}/board/{path}{ending}")).status_code == 404, path + ending


@NO_MATTER_WHICH_DATABASE
async def test_each_page_has_a_feed_and_a_picture_to_share(closed: Village, reader: httpx.AsyncClient) -> None:
    await every(closed)
    base = "https://mrgvali.example.ge"
    async with closed.open(public_url=base), reader:
        for path in (*PLACES, "/board/promise/6"):
            feed = await reader.get(f"{closed.base}{path}.atom?lang=en")
            assert feed.headers["content-type"].startswith("application/atom+xml")
            entries = ElementTree.fromstring(feed.content).findall("{*}entry")  # noqa: S314  our own
            assert entries, path
            picture = await reader.get(f"{closed.base}{path}.png?lang=en")
            known = {"if-none-match": picture.headers["etag"]}
            assert picture.content.startswith(b"\x89PNG"), path
            assert (await reader.get(f"{closed.base}{path}.png?lang=en", headers=known)).status_code == 304
            page = (await reader.get(f"{closed.base}{path}?lang=en&q=water")).text
            assert f'property="og:image" content="{base}{path}.png?lang=en"' in page
    newest = [entries[0].findtext("{*}title"), entries[0].findtext("{*}id")]
    assert newest == ["The group: nothing to be seen yet, with a photo", f"{base}/board/promise/6#3"]


async def test_a_village_reads_when_its_assembly_is_and_what_came_of_it(
    closed: Village, reader: httpx.AsyncClient
) -> None:
    await three(closed)
    async with closed.write.begin() as db:
        held = {"village_id": 1, "year": 2026, "starts_at": MONDAY_NOON + timedelta(days=9), "place": "the <school>"}
        await db.execute(insert(assemblies).values(**held))
    async with closed.open(), reader:
        address = f"{closed.base}/board/village/araguli"
        ahead = (await reader.get(f"{address}?lang=en")).text
        data = (await reader.get(f"{address}.json?lang=en")).json()["assembly"]
        sheet = await reader.get(f"{address}/notice.pdf?lang=ka")
        other = (await reader.get(f"{closed.base}/board/village/zemo?lang=en")).text
        searched = (await reader.get(f"{address}?lang=en&q=gza")).text
        closed.clock.forward(timedelta(days=10))
        async with closed.write.begin() as db:
            told = {"assembly_id": 1, "women": 31, "men": 2, "words": "A bus stop", "told_at": closed.clock.now()}
            await db.execute(insert(assembly_outcomes).values(**told))
        over = (await reader.get(f"{address}?lang=en")).text
        later_sheet = await reader.get(f"{address}/notice.pdf?lang=ka")
    assert ahead.index("the &lt;school&gt;") < ahead.index('<h2 id="promises">'), "what comes stands first"
    assert "Who is not there has no hand to raise." in ahead
    assert (data["ahead"], data["place"]) == (True, "the <school>")
    assert "assembly" not in other + searched
    assert over.index("31 women, men: fewer than five") > over.index('<h2 id="promises">')
    assert "A bus stop" in over
    assert sheet.content != later_sheet.content


async def test_what_changes_by_its_day_alone_is_new_in_the_feed(closed: Village, reader: httpx.AsyncClient) -> None:
    await promise(closed, "A bus to town", TODAY, saw(Finding.UNDER_WAY))
    await promise(closed, "A road", TODAY + timedelta(days=90), saw(Finding.UNDER_WAY))
    await turn(closed)
    async with closed.open(), reader:
        address = f"{closed.base}/board/village/araguli.atom?lang=en"
        before = _entries((await reader.get(address)).content)
        closed.clock.forward(timedelta(days=1))
        await turn(closed)
        after = _entries((await reader.get(address)).content)
    assert {each["title"] for each in after} == {"A bus to town", "A road"}
    assert [each["title"] for each in after if each not in before] == ["A bus to town"]
    assert "its day has passed" in after[0]["summary"]
    assert after[0]["id"] == before[-1]["id"] + f"-{TODAY + timedelta(days=1)}"
    assert after[0]["updated"] > max(each["updated"] for each in before), "the newest comes first"


def _entries(feed: bytes) -> list[dict[str, str]]:
    """Of each its id, title, summary and moment."""
    names = ("id", "title", "summary", "updated")
    found = ElementTree.fromstring(feed).findall("{*}entry")  # noqa: S314  our own
    return [{name: each.findtext(f"{{*}}{name}") or "" for name in names} for each in found]


@NO_MATTER_WHICH_DATABASE
async def test_a_sheet_for_the_notice_board_leads_back_to_the_page(closed: Village, reader: httpx.AsyncClient) -> None:
    await every(closed)
    async with closed.open(), reader:
        sheet = await reader.get(f"{closed.base}/board/village/araguli/notice.pdf?lang=ka")
        page = (await reader.get(f"{closed.base}/board/village/araguli?lang=ka")).text
        chosen = (await reader.get(f"{closed.base}/village/araguli?lang=ka")).text
        nowhere = await reader.get(f"{closed.base}/board/village/x/notice.pdf")
    assert sheet.content.startswith(b"%PDF")
    assert "/board/village/araguli/notice.pdf?lang=ka" in page
    assert "/board/village/araguli?lang=ka" in chosen
    assert nowhere.status_code == 404


@NO_MATTER_WHICH_DATABASE
async def test_a_photo_is_shown_once_somebody_looked_and_no_longer_when_it_is_hidden(
    closed: Village, reader: httpx.AsyncClient
) -> None:
    await promise(closed, "A bus to town", TODAY, saw(Finding.DONE))
    closed.site.media.mkdir(parents=True, exist_ok=True)
    (closed.site.media / "photo").write_bytes(jpeg(1600, 1200))
    async with closed.write.begin() as db:
        await db.execute(insert(media).values(id="photo", kind="photo", state="ready", created_at=MONDAY_NOON))
        await db.execute(update(promise_witnesses).where(promise_witnesses.c.event_id == 2).values(media_id="photo"))
    async with closed.open(), reader:
        before = await reader.get(f"{closed.base}/board/photo/2.jpg")
        await look(closed, Life.RELEASED)
        page = (await reader.get(f"{closed.base}/board/promise/1?lang=en")).text
        shown = await reader.get(f"{closed.base}/board/photo/2.jpg?small=1")
        await look(closed, Life.HIDDEN)
        hidden = await reader.get(f"{closed.base}/board/photo/2.jpg?small=1")
    assert 'src="/board/photo/2.jpg?small=1" alt="What the group saw, 1 March 2026"' in page
    assert [each.status_code for each in (before, shown, hidden)] == [404, 200, 404]
    assert shown.content.startswith(b"\xff\xd8")


async def look(village: Village, life: Life) -> None:
    """As a coordinator of all does."""
    async with village.write.begin() as db:
        await db.execute(delete(roles))
        row = {"person_id": 1, "role": Role.COORDINATOR, "granted_at": MONDAY_NOON}
        await db.execute(insert(roles).values(**row))
        await promise_photos.decide(db, event_id=2, life=life, by=1, now=MONDAY_NOON)
