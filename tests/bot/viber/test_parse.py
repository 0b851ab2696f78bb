"""What people do on Viber, read by viberbot's classes and as viberbot's own parser reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from viberbot import Api, BotConfiguration

from bot.channels.port import Envelope
from bot.channels.viber_parse import NotACallback, envelope, keepable, parse
from conversations.message import Incoming, Media

NINO = {"id": "nino==", "name": "Nino", "language": "ka", "country": "GE", "api_version": 10}


def said(**message: Any) -> dict[str, Any]:
    callback = {"event": "message", "timestamp": 5, "message_token": 491, "sender": NINO, "message": message}
    return {**callback, "silent": False}


STARTED = {
    "event": "conversation_started", "timestamp": 5, "message_token": 7, "type": "open", "user": NINO,
    "context": "vgremi", "subscribed": False,
}  # fmt: skip

READ: list[tuple[dict[str, Any], Incoming]] = [
    (said(type="text", text="გზა"), Incoming(text="გზა", language="ka")),
    (said(type="text", text="mrgvali:12:kind:road"), Incoming(tap="12:kind:road", language="ka")),
    (said(type="text", text="12:kind:road"), Incoming(text="12:kind:road", language="ka")),
    (said(type="text", text="mrgvali:/menu"), Incoming(text="/menu", language="ka")),
    (said(type="url", media="https://m.ge"), Incoming(text="https://m.ge", language="ka")),
    (
        said(type="picture", media="https://m.ge/a.jpg", text="Here", thumbnail="https://m.ge/t.jpg", size=9),
        Incoming(text="Here", media=Media("photo", "https://m.ge/a.jpg", 9, "image/jpeg"), language="ka"),
    ),
    (
        said(type="file", media="https://m.ge/a.csv", file_name="a.csv", size=9),
        Incoming(media=Media("document", "https://m.ge/a.csv", 9, None, "a.csv"), language="ka"),
    ),
    (said(type="location", location={"lat": 41.7, "lon": 44.8}), Incoming(location=(41.7, 44.8), language="ka")),
    (said(type="location", location={"lat": 90, "lon": 0}), Incoming(location=(90.0, 0.0), language="ka")),
    (said(type="location", location={"lat": "x", "lon": 0}), Incoming(odd="location", language="ka")),
    (said(type="contact", contact={"phone_number": "1", "name": "V"}), Incoming(shared=True, language="ka")),
    (said(type="sticker", sticker_id=46105), Incoming(odd="sticker", language="ka")),
    (
        said(type="video", media="https://m.ge/a.mp4", size=9, duration=3),
        Incoming(odd="video", media=Media("other", "https://m.ge/a.mp4", size=9, mime="video/mp4"), language="ka"),
    ),
    (STARTED, Incoming(start="vgremi", language="ka")),
    ({**STARTED, "context": None}, Incoming(start="", language="ka")),
    ({"event": "subscribed", "message_token": 7, "user": NINO}, Incoming(left=False, language="ka")),
    ({"event": "unsubscribed", "message_token": 7, "user_id": "nino=="}, Incoming(left=True)),
]


@pytest.mark.parametrize(("raw", "read"), READ)
def test_what_people_do(raw: dict[str, Any], read: Incoming) -> None:
    assert parse(raw) == read
    assert parse(keepable(raw)) == read, "what is left out was not needed"


@pytest.mark.parametrize("raw", [raw for raw, _read in READ if raw["event"] == "message"])
def test_viberbots_own_parser_reads_the_same(raw: dict[str, Any]) -> None:
    vendor = Api(BotConfiguration(auth_token="t", name="m", avatar=None))
    theirs, ours = vendor.parse_request(json.dumps(raw)), parse(raw)
    assert envelope(raw) == Envelope(f"message:{theirs.message_token}:{theirs.sender.id}", theirs.sender.id)
    assert theirs.sender.language == ours.language
    if ours.media is not None:
        assert theirs.message.media == ours.media.ref
    if ours.location is not None:
        assert (theirs.message.location.latitude, theirs.message.location.longitude) == ours.location
    if ours.text is not None and raw["message"]["type"] == "text" and not ours.text.startswith("/"):
        assert theirs.message.text == ours.text


def test_a_repeat_has_the_same_name_and_another_has_not() -> None:
    assert envelope(STARTED) == Envelope("conversation_started:7:nino==", "nino==")
    assert envelope({**STARTED, "context": "other"}) == envelope(STARTED)
    assert envelope({**STARTED, "message_token": 8}) != envelope(STARTED)
    without = {name: value for name, value in STARTED.items() if name != "message_token"}
    assert envelope(without).external_id == "conversation_started:5:nino=="


@pytest.mark.parametrize(
    "raw", [{}, {"event": 5, "message_token": 1}, {"event": "message"}, {"event": "message", "message_token": True}]
)
def test_what_cannot_be_named_is_said_so(raw: dict[str, Any]) -> None:
    with pytest.raises(NotACallback):
        envelope(raw)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["event", "message", "message_token", "sender", "user", "user_id", "type", "text", "location"])


@given(st.dictionaries(NAMES, ANYTHING), st.sampled_from(["message", "conversation_started", "subscribed", "new"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_makes_it_fall(raw: dict[str, Any], event: str) -> None:
    callback = keepable({**raw, "event": event})
    assert isinstance(parse(callback), Incoming)
    try:
        found = envelope(callback)
    except NotACallback:
        return
    assert len(found.external_id) <= 200
