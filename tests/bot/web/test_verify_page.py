"""/verify/CODE: a paper is known by its number, and a changed file by its hash."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from storage import sealed_papers
from storage.sealed_papers import Sealed, digest
from storage.tables import sealed_papers as tables
from tests.bot.web.village import Village
from tests.town import MONDAY_NOON

OLD, NEW = "123456789012", "210987654321"
PAPER = "%PDF-1.7 ოქმი\r\nline\rline\n".encode()


@pytest.fixture
async def reader(closed: Village) -> httpx.AsyncClient:
    title = {"ka": "ოქმი № 3", "en": "Minutes No. 3"}
    async with closed.write.begin() as db:
        for version, code, content in ((1, OLD, b"%PDF draft"), (2, NEW, PAPER)):
            files = {digest(content): "m" * 32}
            paper = Sealed(code, "minutes", "meeting:3", title, version, digest(b"words"), files, MONDAY_NOON)
            await sealed_papers.seal(db, paper)
    return httpx.AsyncClient(timeout=30)


async def test_a_number_tells_what_the_paper_is_and_what_replaced_it(
    closed: Village, reader: httpx.AsyncClient
) -> None:
    async with closed.open(), reader:
        old = await reader.get(f"{closed.base}/verify/{OLD}?lang=en")
        new = await reader.get(f"{closed.base}/verify/{NEW}")
        typed = await reader.get(f"{closed.base}/verify?code=210 987 654 321", follow_redirects=True)
        async with closed.write.begin() as db:
            title = {"ka": "დამატება № 1", "en": "Addendum No. 1"}
            added = Sealed("333333333333", "addendum", "meeting:3:1", title, 1, digest(b"more"), {}, MONDAY_NOON)
            await sealed_papers.seal(db, added)
            other = Sealed("444444444444", "addendum", "meeting:31:1", title, 1, digest(b"more"), {}, MONDAY_NOON)
            await sealed_papers.seal(db, other)
        later = await reader.get(f"{closed.base}/verify/{NEW}?lang=en")
    assert "A newer version has taken its place." in old.text
    assert f"/verify/{NEW}" in old.text
    assert "ოქმი № 3" in new.text
    assert "2026 წლის 2 მარტი, 12:00" in new.text
    assert typed.url.path == f"/verify/{NEW}"
    assert '<a href="/verify/333333333333?lang=en">Addendum No. 1</a>' in later.text
    assert "444444444444" not in later.text


async def test_a_changed_file_is_told_from_the_one_handed_out(closed: Village, reader: httpx.AsyncClient) -> None:
    async with closed.open(), reader:
        address = f"{closed.base}/verify/{NEW}?lang=en"
        same = await reader.post(address, files={"file": ("ოქმი.pdf", PAPER)})
        changed = await reader.post(address, files={"file": ("ოქმი.pdf", PAPER + b" ")})
        hashed = await reader.get(address, params={"lang": "en", "sha256": digest(PAPER)})
        nothing = await reader.post(address, content=b"x", headers={"content-type": "text/plain"})
    assert 'id="same" role="status">' in same.text
    assert 'id="other" role="alert" hidden' in same.text
    assert 'id="other" role="alert">' in changed.text
    assert 'id="same" role="status">' in hashed.text
    assert nothing.status_code == 415


async def test_numbers_cannot_be_tried_out(closed: Village, reader: httpx.AsyncClient) -> None:
    async with closed.open(), reader:
        tried = [(await reader.get(f"{closed.base}/verify/{number:012}")).status_code for number in range(12)]
    assert tried[0] == 404
    assert tried[-1] == 429


async def test_a_sealed_paper_is_never_changed(closed: Village, reader: httpx.AsyncClient) -> None:
    await reader.aclose()
    with pytest.raises(DBAPIError, match="only grows"):
        async with closed.write.begin() as db:
            await db.execute(update(tables.sealed_papers).values(sha256="0" * 64))
