"""What Telegram sends, as we read it; held equal to python-telegram-bot's own reading."""

import json
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram_parse import WANTED, NotAnUpdate, envelope, keepable, parse
from conversations.message import Incoming, Media

NINO = {"id": 77, "is_bot": False, "first_name": "ნინო", "language_code": "ka-GE"}
CHAT = {"id": 77, "type": "private", "first_name": "ნინო"}
GROUP = {"id": -100, "type": "supergroup", "title": "ჩვენი ჯგუფი"}
BOT = {"id": 5, "is_bot": True, "first_name": "b", "username": "b_bot"}
SMALL = {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90, "file_size": 900}
LARGE = {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960, "file_size": 90_000}
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3, "mime_type": "audio/ogg", "file_size": 700}
PAPER = {
    "file_id": "d",
    "file_unique_id": "d",
    "file_name": "სია.pdf",
    "mime_type": "application/pdf",
    "file_size": 800,
}
PLACE = {"latitude": 42.25, "longitude": 43.5}
FROM_A_USER = {"type": "user", "date": 1, "sender_user": NINO}


def message(kind: str = "message", chat: Any = CHAT, **fields: Any) -> dict[str, Any]:
    return {"update_id": 10, kind: {"message_id": 3, "date": 1, "chat": chat, "from": NINO, **fields}}


def tap(**fields: Any) -> dict[str, Any]:
    shown = {"message_id": 2, "date": 1, "chat": CHAT, "from": BOT, "text": "Which?"}
    return {
        "update_id": 11,
        "callback_query": {"id": "c", "from": NINO, "chat_instance": "i", "message": shown, **fields},
    }


def membership(status: str, chat: Any = CHAT) -> dict[str, Any]:
    old = {"status": "member", "user": BOT}
    new = {"status": status, "user": BOT, "until_date": 0} if status == "kicked" else {"status": status, "user": BOT}
    change = {"chat": chat, "from": NINO, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 12, "my_chat_member": change}


READ = [
    (message(text="გზა გვინდა"), Incoming(text="გზა გვინდა", language="ka")),
    (message(text="/menu"), Incoming(text="/menu", language="ka")),
    (message(text="/menu@b_bot now"), Incoming(text="/menu now", language="ka")),
    (message(text="/start"), Incoming(start="", language="ka")),
    (message(text="/start v_abc-12"), Incoming(start="v_abc-12", language="ka")),
    (message(text="/started"), Incoming(text="/started", language="ka")),
    (tap(data="4:kind:roads"), Incoming(tap="4:kind:roads", callback="c", language="ka")),
    (tap(game_short_name="g"), Incoming(odd="callback_query", callback="c", language="ka")),
    (
        message(photo=[SMALL, LARGE], caption="ხიდი"),
        Incoming(text="ხიდი", media=Media("photo", "large", 90_000, "image/jpeg"), language="ka"),
    ),
    (message(voice=VOICE), Incoming(media=Media("voice", "v", 700, "audio/ogg"), language="ka")),
    (message(document=PAPER), Incoming(media=Media("document", "d", 800, "application/pdf", "სია.pdf"), language="ka")),
    (message(location=PLACE), Incoming(location=(42.25, 43.5), language="ka")),
    (
        message(location=PLACE, venue={"location": PLACE, "title": "t", "address": "a"}),
        Incoming(location=(42.25, 43.5), language="ka"),
    ),
    (message(contact={"phone_number": "+995", "first_name": "x"}), Incoming(shared=True, language="ka")),
    (membership("kicked"), Incoming(left=True, language="ka")),
    (membership("member"), Incoming(left=False, language="ka")),
    (message(text="hello", forward_origin=FROM_A_USER), Incoming(odd="forward", language="ka")),
    (message(dice={"emoji": "🎲", "value": 3}), Incoming(odd="dice", language="ka")),
    (message("edited_message", text="no, water", edit_date=2), Incoming(odd="edited_message", language="ka")),
]


@pytest.mark.parametrize(("raw", "read"), READ)
def test_each_kind_is_read(raw: dict[str, Any], read: Incoming) -> None:
    assert parse(raw) == read
    assert envelope(raw).sender == "77"
    assert envelope(raw).external_id == str(raw["update_id"])


@pytest.mark.parametrize("raw", [raw for raw, _read in READ])
def test_we_read_what_python_telegram_bot_reads(raw: dict[str, Any]) -> None:
    update = Update.de_json(json.loads(json.dumps(raw)), None)
    assert parse(raw) == by_the_library(update)


def by_the_library(update: Update) -> Incoming:
    user = update.effective_user
    language = user.language_code.split("-")[0] if user and user.language_code else None
    if query := update.callback_query:
        odd = None if query.data else "callback_query"
        return Incoming(tap=query.data, odd=odd, callback=query.id, language=language)
    if member := update.my_chat_member:
        return Incoming(left=member.new_chat_member.status == "kicked", language=language)
    if update.edited_message:
        return Incoming(odd="edited_message", language=language)
    said = update.message
    assert said is not None
    if said.forward_origin or said.dice:
        return Incoming(odd="forward" if said.forward_origin else "dice", language=language)
    if said.text and said.text.split()[0] == "/start":
        return Incoming(start=said.text.removeprefix("/start").strip(), language=language)
    place = (said.location.latitude, said.location.longitude) if said.location else None
    words = said.text.replace("@b_bot", "") if said.text else said.caption
    return Incoming(words, None, media_by_the_library(said), place, language=language, shared=said.contact is not None)


def media_by_the_library(said: Any) -> Media | None:
    if said.photo:
        largest = max(said.photo, key=lambda size: size.width * size.height)
        return Media("photo", largest.file_id, largest.file_size, "image/jpeg")
    if said.voice:
        return Media("voice", said.voice.file_id, said.voice.file_size, said.voice.mime_type)
    if paper := said.document:
        return Media("document", paper.file_id, paper.file_size, paper.mime_type, paper.file_name)
    return None


@pytest.mark.parametrize(
    "raw",
    [
        message(chat=GROUP, text="hello all"),
        message("channel_post", chat={"id": -5, "type": "channel"}, text="news"),
        message("edited_message", location=PLACE, edit_date=2),
        message(pinned_message={"message_id": 1, "date": 1, "chat": CHAT}),
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 60}),
        {"update_id": 1, "callback_query": {"id": "c", "from": NINO, "inline_message_id": "i", "data": "x"}},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "user": NINO, "option_ids": [0]}},
        {"update_id": 1, "invented_in_2031": {"from": NINO}},
        {"update_id": 1},
    ],
)
def test_what_no_person_sent_in_private_has_no_sender(raw: dict[str, Any]) -> None:
    assert envelope(raw).sender is None
    parse(raw)


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 1, "message": 5},
        {"update_id": 1, "message": {"chat": [], "from": "x", "text": 7}},
        message(photo=[]),
        message(photo=["x", None]),
        message(photo=[{"width": "9"}], caption=4),
        message(document={"file_id": 9}),
        message(location={"latitude": "x"}),
        message(location={"latitude": float("nan"), "longitude": 1}),
        message(location={"latitude": 91, "longitude": 1}),
        message(venue=3),
        message(invented_in_2031={}),
        tap(data=8),
        {"update_id": 1, "callback_query": {"from": None}},
        {"update_id": 1, "my_chat_member": {"new_chat_member": "x", "chat": CHAT}},
    ],
)
def test_a_malformed_update_stops_nobody(raw: dict[str, Any]) -> None:
    envelope(raw)
    read = parse(raw)
    assert (read.text, read.tap, read.media, read.location) == (None, None, None, None)


@pytest.mark.parametrize("raw", [{}, {"update_id": "5"}, {"update_id": True}, {"update_id": None}])
def test_without_a_number_it_is_no_update(raw: dict[str, Any]) -> None:
    with pytest.raises(NotAnUpdate):
        envelope(raw)


def test_what_no_database_takes_is_left_out() -> None:
    assert parse(message(text="გზა\x00 \ud83d!")).text == "გზა !"
    assert parse(message(text="a\x00b")).text == "ab"


def test_a_gif_is_not_taken_for_a_document() -> None:
    assert parse(message(animation={"file_id": "a"}, document=PAPER)).odd == "animation"


def test_a_phone_number_is_taken_out_before_anything_is_kept() -> None:
    (kept,) = keepable([message(contact={"phone_number": "+995555", "first_name": "x", "vcard": "TEL:+995555"})])
    assert "995555" not in json.dumps(kept)
    assert parse(kept).shared
    (answered,) = keepable([message(text="hers", reply_to_message={"contact": {"phone_number": "+995555"}})])
    assert "995555" not in json.dumps(answered)
    assert parse(answered).text == "hers"


def test_an_ordinary_update_is_kept_as_it_came() -> None:
    raw = message(text="გზა 🏔")
    assert keepable([raw]) == [raw]


def test_half_an_emoji_keeps_nobody_from_being_kept() -> None:
    raws = [message(text="a \ud83d b"), message(text="გზა 🏔")]
    assert [raw["message"]["text"] for raw in keepable(raws)] == ["a  b", "გზა 🏔"]


def test_what_cannot_be_kept_at_all_leaves_its_number() -> None:
    deep: Any = []
    for _level in range(2000):
        deep = [deep]
    (kept,) = keepable([message(text="x", more=deep)])
    assert kept == {"update_id": 10, "unreadable": True}
    assert envelope(kept).sender is None


def test_an_endless_number_keeps_nobody_from_being_kept() -> None:
    (kept,) = keepable([message(text="hello", date=10**40)])
    assert parse(kept).text == "hello"


def test_we_ask_for_the_kinds_that_we_read() -> None:
    assert WANTED == ("message", "edited_message", "callback_query", "my_chat_member")
