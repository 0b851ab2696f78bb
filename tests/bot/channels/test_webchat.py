"""What the page posts is checked field by field; what is kept can always be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.webchat import Malformed, WebChat, message
from conversations.message import Incoming, Media
from storage.jsontext import dumps, loads

ID = "3f2b8c1e-0d5c-4a75-9d57-0c8a37a4d1aa"


def read(**said: Any) -> Incoming:
    return WebChat("web", Path("media")).parse(loads(dumps(message({"id": ID, **said}, "nino"))))


def test_each_kind_of_message_is_read() -> None:
    assert read(text="წყალი") == Incoming(text="წყალი")
    assert read(tap="12:kind:road") == Incoming(tap="12:kind:road")
    assert read(start="vARAG") == Incoming(start="vARAG")
    assert read(start="", language="ka") == Incoming(start="", language="ka")
    assert read(location=[42.05, 44.7]) == Incoming(location=(42.05, 44.7))
    csv = Media("document", "ab12", mime="text/csv", name="a.csv")
    assert read(document="ab12", name="a.csv") == Incoming(media=csv)
    assert read(photo="ab12", text="ხიდი") == Incoming(text="ხიდი", media=Media("photo", "ab12", mime="image/jpeg"))


def test_the_same_id_of_two_people_is_two_messages() -> None:
    chat = WebChat("web", Path("media"))
    nino, gia = (chat.envelope(message({"id": ID, "text": "x"}, who)) for who in ("nino", "gia"))
    assert nino.external_id != gia.external_id
    assert nino.sender == "nino"


def test_nul_bytes_and_half_characters_are_dropped() -> None:
    assert read(text="a\0b").text == "ab"
    assert read(text="a\ud83d").text == "a?"


def test_a_long_text_passes_whole() -> None:
    assert read(text="ა" * 5000).text == "ა" * 5000


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("text", "body"),
        ({"text": "no id"}, "id"),
        ({"id": "7", "text": "x"}, "id"),
        ({"id": ID}, "said"),
        ({"id": ID, "text": "x", "tap": "1:a:b"}, "said"),
        ({"id": ID, "sticker": "x"}, "said"),
        ({"id": ID, "text": 5}, "text"),
        ({"id": ID, "tap": "x" * 1000}, "tap"),
        ({"id": ID, "text": "x", "after": -1}, "after"),
        ({"id": ID, "text": "x", "after": True}, "after"),
        ({"id": ID, "location": [1]}, "location"),
        ({"id": ID, "location": [91, 0]}, "location"),
        ({"id": ID, "location": [float("nan"), 0]}, "location"),
        ({"id": ID, "location": ["42", "44"]}, "location"),
        ({"id": ID, "text": "x", "language": "k" * 99}, "language"),
    ],
)
def test_what_the_page_never_sends_is_named(body: object, field: str) -> None:
    with pytest.raises(Malformed, match=f"^{field}$"):
        message(body, "nino")


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["text", "tap", "location", "after"]), inner)
    ),
)


@given(json)
def test_nothing_but_malformed_is_raised(body: object) -> None:
    try:
        raw = message({"id": ID, **body} if isinstance(body, dict) else body, "nino")
    except Malformed:
        return
    WebChat("web", Path("media")).parse(loads(dumps(raw)))
    dumps(raw).encode()


async def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "ab12").write_bytes(b"12345")
    chat = WebChat("web", tmp_path)
    assert await chat.fetch("ab12", 5) == b"12345"
    with pytest.raises(ValueError, match="over 4 bytes"):
        await chat.fetch("ab12", 4)


async def test_a_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    with pytest.raises(ValueError, match="not here"):
        await WebChat("web", tmp_path / "media").fetch("../secret", 10)


def test_a_sheet_comes_as_a_tap_with_its_values() -> None:
    raw = message({"id": ID, "tap": "1:form.ab:!send", "values": {"/form/a": "3\0", "/form/b": ""}}, "nino")
    said = WebChat("web", Path("media")).parse(loads(dumps(raw)))
    assert (said.tap, said.values) == ("1:form.ab:!send", {"/form/a": "3", "/form/b": ""})


@pytest.mark.parametrize(
    "values", [[], "x", {"a": 1}, {"a" * 401: ""}, {"a": "x" * 4001}, {str(n): "" for n in range(301)}]
)
def test_what_no_sheet_would_send_is_refused(values: object) -> None:
    with pytest.raises(Malformed, match="values"):
        message({"id": ID, "tap": "1:form.ab:!send", "values": values}, "nino")
