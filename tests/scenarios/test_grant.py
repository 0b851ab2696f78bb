"""A grant from the call to the news: evidence that can be verified, and a committee without an account."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from conversations.catalogue import everything
from conversations.registry import Registry
from storage.tables.polls import needs
from tests.publish.test_paper import text_of
from tests.stories.conftest import valley
from tests.stories.test_desk import BRIDGE
from tests.stories.test_grant_committee import HERE, browser, form
from tests.stories.test_grants import applied
from tests.stories.valley import Valley
from tests.stories.workshop import Bench
from tests.town import Phone

__all__ = ["valley"]


@pytest.fixture
def registry() -> Registry:
    return everything()


async def annex(bench: Bench, lela: Phone) -> tuple[str, dict[str, bytes]]:
    """Its number, and what the group has in its hands."""
    await lela.tap("The annex of evidence")
    await bench.work(lela)
    messages = await lela.messages()
    files = [each for each in messages if each.raw.get("document")][-2:]
    code = re.sub(r"\D", "", re.findall(r"number: ([\d ]+)", files[-1].text)[-1])
    return code, {each: (bench.folder / each).read_bytes() for each in (one.raw["document"] for one in files)}


def pdf_of(files: dict[str, bytes]) -> bytes:
    return next(content for content in files.values() if content.startswith(b"%PDF"))


async def compared(client: httpx.AsyncClient, code: str, content: bytes) -> str:
    posted = await client.post(f"/verify/{code}?lang=en", files={"file": ("annex.pdf", content)})
    return "same" if 'id="same" role="status">' in posted.text else "other"


async def test_a_grant_from_the_call_to_the_news(valley: Valley, tmp_path: Path) -> None:
    bench = Bench(valley, tmp_path / "media")
    nino = await valley.resident("nino")
    lela = await applied(valley)
    code, files = await annex(bench, lela)
    assert sorted(content[:2] for content in files.values()) == [b"%P", b"PK"]
    shown = " ".join(text_of(pdf_of(files), tmp_path).split())
    assert BRIDGE in shown
    assert "this is not a random sample" in shown
    again, same = await annex(bench, lela)
    assert (again, same) == (code, files), "while nothing has changed it is the same paper"

    async with browser(valley, tmp_path / "media") as irma:
        page = await irma.get(HERE, params={"lang": "en"})
        assert "By your rule: 10 points more." in page.text
        links = re.findall(rf'href="({HERE}/annex/{code}/[^"]+)"', page.text)
        assert [each.rsplit("-", 1)[-1] for each in links] == ["en.docx", "en.pdf", "ka.docx", "ka.pdf"]
        given = await irma.get(links[1])
        assert given.content == pdf_of(files)
        verified = await irma.get(f"/verify/{code}?lang=en")
        assert "This is the newest version." in verified.text
        assert "Valley group: application to Fund: Villages" in verified.text
        assert await compared(irma, code, given.content) == "same"
        assert await compared(irma, code, given.content + b" ") == "other"

        async with valley.town.engine.begin() as db:
            await db.execute(update(needs).values(public_words="The bridge is down", state="reworded"))
        newer, others = await annex(bench, lela)
        assert newer != code
        old = await irma.get(f"/verify/{code}?lang=en")
        assert "A newer version has taken its place." in old.text
        assert f"/verify/{newer}" in old.text
        assert await compared(irma, newer, pdf_of(files)) == "other"
        assert await compared(irma, newer, pdf_of(others)) == "same"
        assert (await irma.get(links[1])).status_code == 404, "the page hands out the newest"

        await irma.post(f"{HERE}/decision?lang=en", data=form())
    await valley.town.worker.drain()
    news = [words for words in await nino.texts() if "Good news" in words]
    assert len(news) == 1
    assert "The bridge is down" in news[0]
