"""What is heard in a group, and what is never kept of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_parse import envelope, keepable, parse
from conversations.message import Incoming, InGroup
from tests.fakes.telegram_group import ANONYMOUS
from tests.fakes.telegram_oracle import errors

ROOM = {"id": -5, "type": "group", "title": "Valley women"}
NINO = {"id": 7, "is_bot": False, "first_name": "Nino", "last_name": "Secretly", "language_code": "ka"}
SAID = {"message_id": 1, "date": 1, "chat": ROOM, "from": NINO}
HERE = InGroup("-5", "Valley women")


def said(text: str, **fields: Any) -> dict[str, Any]:
    return {"update_id": 9, "message": {**SAID, "text": text, **fields}}


@pytest.mark.parametrize(
    "update",
    [
        said("we meet on Friday"),
        said("/note secret"),
        said("/start@other_bot our secret"),
        said("/menus"),
        {"update_id": 9, "message": {**SAID, "photo": [{"file_id": "secret"}], "caption": "/group 123"}},
        {"update_id": 9, "message": {**SAID, "new_chat_title": "secret"}},
        {"update_id": 9, "edited_message": {**SAID, "text": "/group 1234567890"}},
        {"update_id": 9, "channel_post": {**SAID, "chat": {"id": -6, "type": "channel"}, "text": "/group 123"}},
        {"update_id": 9, "my_chat_member": {"chat": {"id": -6, "type": "channel"}, "from": NINO}},
        {"update_id": 9, "message_reaction": {"chat": ROOM, "user": NINO, "new_reaction": [{"secret": 1}]}},
        {"update_id": 9, "message": {**SAID, "chat": {"id": "x", "type": "group"}, "text": "/group 123"}},
    ],
)
def test_of_talk_only_its_number_is_kept(update: dict[str, Any]) -> None:
    (kept,) = keepable([update])
    assert kept == {"update_id": 9}
    assert envelope(update).sender is None


@given(st.text(min_size=1).filter(lambda text: not text.strip().startswith("/")))
def test_no_talk_is_ever_kept(text: str) -> None:
    assert keepable([said(text)]) == [{"update_id": 9}]


@pytest.mark.parametrize(
    ("text", "heard", "mention"),
    [
        ("/group 123 456 7890", "/group 123 456 7890", None),
        ("/GROUP@our_bot 1234567890", "/group 1234567890", "our_bot"),
        ("/start@our_bot g1234567890", "/start g1234567890", "our_bot"),
        ("/group please help", "/group ?", None),
        ("/menu@our_bot", "/menu", "our_bot"),
    ],
)
def test_commands(text: str, heard: str, mention: str | None) -> None:
    (kept,) = keepable([said(text)])
    assert envelope(kept) == envelope(said(text)) == ("9", "-5")
    assert parse(kept) == Incoming(text=heard, language="ka", group=HERE._replace(mention=mention))
    assert "Nino" not in json.dumps(kept)


def tapped(who: dict[str, Any]) -> dict[str, Any]:
    shown = {"message_id": 3, "date": 1, "chat": ROOM, "text": "the question"}
    return {"update_id": 9, "callback_query": {"id": "c", "from": who, "message": shown, "data": "0:post:1.0"}}


def test_a_tap_is_the_persons_and_an_anonymous_one_is_the_chats() -> None:
    (kept,) = keepable([tapped(NINO)])
    assert envelope(kept).sender == envelope(tapped(NINO)).sender == "7"
    assert "Nino" not in json.dumps(kept)
    assert "the question" not in json.dumps(kept)
    heard = parse(kept)
    assert (heard.tap, heard.callback, heard.odd) == ("0:post:1.0", "c", None)
    nobody = tapped(ANONYMOUS)
    assert (envelope(nobody).sender, parse(nobody).odd) == ("-5", "anonymous")


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("left", "member", False),
        ("kicked", "administrator", False),
        ("member", "kicked", True),
        ("member", "left", True),
    ],
)
def test_coming_and_going(old: str, new: str, left: bool) -> None:
    member = {"chat": ROOM, "from": NINO, "old_chat_member": {"status": old}, "new_chat_member": {"status": new}}
    (kept,) = keepable([{"update_id": 9, "my_chat_member": member}])
    assert envelope(kept).sender == "-5"
    assert parse(kept) == Incoming(left=left, language="ka", group=HERE)


def test_a_right_more_is_no_coming() -> None:
    members = {"old_chat_member": {"status": "member"}, "new_chat_member": {"status": "administrator"}}
    assert parse({"update_id": 9, "my_chat_member": {"chat": ROOM, "from": NINO, **members}}).left is None


def test_an_upgraded_chat_names_its_other_number() -> None:
    to = {"update_id": 9, "message": {**SAID, "migrate_to_chat_id": -1005}}
    assert parse(*keepable([to])).group == HERE._replace(becomes="-1005")
    since = {"update_id": 9, "message": {**SAID, "migrate_from_chat_id": -4}}
    assert parse(*keepable([since])).group == HERE._replace(was="-4")


def test_what_we_answer_passes_the_published_api() -> None:
    answer = {"callback_query_id": "c", "url": "https://t.me/our_bot?start=g1"}
    assert errors("answerCallbackQuery", answer, ()) == []
    assert errors("sendMessage", {"chat_id": "-5", "message_thread_id": 5, "text": "Hello"}, ()) == []
