"""Texts as people and machines write them: kept cleaned, or asked for once more; never cut, never a trap."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from conversations.registry import Registry
from storage.tables.polls import needs
from tests.bad_input.door import TelegramDoor
from tests.bad_input.every_question import Patience, kind
from tests.bad_input.every_question import registry as every_question
from tests.bad_input.unharmed import unharmed, unplayed
from tests.stories.valley import Valley
from tests.town import Phone, Town

WORDS = ("In your own words?",)  # where any text is an answer
FAMILY, FLAG, KISS = "👨‍👩‍👧‍👦", "🇬🇪", "👩🏽‍❤️‍💋‍👨🏿"
RIGHT_TO_LEFT = "\u202eevil\u202c \u200fgzip\u2067x\u2069"
UNREADABLE = {
    "NUL bytes only": "\0\0\0",
    "marks only": "\u202e\u200f\u2067\u2069\u200b\ufeff",
    "half an emoji": "\ud83d",
    "spaces of all kinds": "\u3000\u2003\xa0\u2028",
    "a filler that shows as nothing": "\u3164\u115f\ufe0f\u200d",
}
UNKNOWN = {
    "unknown words": "what is this?",
    "one letter": "x",
    "a question mark": "?",
    "only emoji": "👍👍",
    "a family": FAMILY,
    "a flag": FLAG,
    "right-to-left marks": RIGHT_TO_LEFT,
    "NUL bytes among letters": "ro\0ad of\0 ours",
    "a format string": "{0} {kind} {title!r} %s %(x)s {",
    "markup": "<b>#set page()</b> *bold* _x_ [a](b) `c` $1$ \\u0041",
    "SQL": "'; DROP TABLE people; --",
    "wildcards": "%_%",
    "combining marks": "g" + "\u0301" * 400,
    "a lone slash": "/",
    "capitals of the church": "ᲒᲖᲐ",
    "a colon": "1:kind:road",
    "a number without end": "9" * 3000,
    "grouped without end": "1" + ",000" * 1000,
}


@pytest.fixture
def patience(town: Town, door: TelegramDoor) -> Patience:
    return Patience(town, door.user())


class TestAtEveryQuestion:
    pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

    @pytest.fixture
    def registry(self) -> Registry:
        return every_question()

    @pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
    async def test_unknown_text(self, patience: Patience, text: str) -> None:
        assert all(await patience.with_(kind(patience.phone, text=text), fits=WORDS))

    @pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
    async def test_text_in_which_nothing_can_be_read(self, patience: Patience, text: str) -> None:
        assert all(await patience.with_(kind(patience.phone, text=text)))

    @pytest.mark.parametrize("length", [5000, 64_000])
    async def test_a_very_long_text(self, patience: Patience, length: int) -> None:
        heard = await patience.with_(kind(patience.phone, text="გზა!" * (length // 4)))
        assert f"That is {length} characters; I can take 1000" in heard[2]

    async def test_a_text_made_to_be_slow(self, patience: Patience) -> None:
        """Accents out of order took seconds to put in order, in which nobody else was answered."""
        slow = "ა" + "\u0301\u0323" * 30_000
        heard = await patience.with_(kind(patience.phone, text=slow))
        assert f"That is {len(slow)} characters" in heard[2]


@pytest.fixture
async def nino(valley: Valley) -> Phone:
    """A resident who is asked for their own words."""
    await valley.poll()
    nino = await valley.resident("nino")
    await nino.start("varaguli")
    await nino.tap("Roads")
    return nino


async def told(valley: Valley, phone: Phone) -> str | None:
    """Goes to the end and looks at what was kept."""
    for label in ("Children", "Go on without", "that is all"):
        await phone.tap(label)
    [need] = await valley.rows(select(needs))
    return str(need.words)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (FAMILY, FAMILY),
        (FLAG + KISS, FLAG + KISS),
        ("👍", "👍"),
        (RIGHT_TO_LEFT, "evil gzipx"),
        ("გზა\0 გატეხილია", "გზა გატეხილია"),
        ("{0} {kind} %s {", "{0} {kind} %s {"),
        ("<b>#set page()</b>", "<b>#set page()</b>"),
        ("'; DROP TABLE needs; --", "'; DROP TABLE needs; --"),
        ("ᲒᲖᲐ", "გზა"),
    ],
)
async def test_what_can_be_read_is_kept_as_it_was_meant(valley: Valley, nino: Phone, said: str, kept: str) -> None:
    await nino.send(said)
    await unharmed(valley.town, nino)
    assert await told(valley, nino) == kept


async def test_a_long_text_is_never_cut(valley: Valley, nino: Phone) -> None:
    assert "1000" in (await nino.send("ბ" * 5000)).text
    await nino.send("ბ" * 1000)
    assert await told(valley, nino) == "ბ" * 1000


@pytest.mark.parametrize("word", ["/menu", "/help", "/language", "/back", "/cancel", "უკან", "МЕНЮ", "/menu@x /back"])
async def test_a_command_is_never_an_answer(valley: Valley, nino: Phone, word: str) -> None:
    await nino.send(word)
    assert await unplayed(valley.town) == []
    assert await valley.rows(select(needs)) == []


async def test_out_of_any_conversation_unknown_text_gets_the_menu(valley: Valley) -> None:
    gia = await valley.resident("gia")
    for text in ("???", FAMILY, "x" * 5000, "{0}", "\u202e"):
        shown = await gia.send(text)
        assert "did not understand" in shown.text
        assert shown.buttons
    assert await unplayed(valley.town) == []


async def test_a_stranger_who_writes_anything_is_welcomed(valley: Valley) -> None:
    for number, text in enumerate(("???", "\0", "/unknown", "x" * 5000)):
        stranger = await valley.town.phone(f"stranger {number}")
        assert "Which language" in (await stranger.send(text)).text
    assert await unplayed(valley.town) == []
