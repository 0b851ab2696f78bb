"""What we send, checked by hand here and by the published Bot API where its description is at hand."""

import json
from typing import Any

import pytest

from bot.channels.port import Target
from bot.channels.telegram_request import (
    LONGEST_TEXT,
    Attachment,
    Request,
    Upload,
    closing,
    editing,
    ref,
    sending,
    split,
    units,
)
from conversations.message import Button, Outgoing
from tests.fakes.telegram_oracle import check

TO = Target("77")
ROWS = ((Button("Roads", "1:kind:roads"), Button("Water", "1:kind:water")), (Button("Back", "1:!back:"),))
QUESTION = Outgoing("What kind is it?", ROWS)
WHERE = Outgoing("Where is it?", ((Button("📍 Here", "", "location"),), (Button("Skip", "1:!skip:"),)))
PICTURE = Attachment("photo", Upload("need.jpg", b"\xff\xd8"))


def checked(request: Request | None) -> Request:
    assert request is not None
    check(request)
    return request


def only(requests: list[Request]) -> Request:
    (request,) = map(checked, requests)
    return request


def markup(request: Request) -> dict[str, Any]:
    return json.loads(request[1]["reply_markup"])  # type: ignore[no-any-return]


def test_a_question_goes_out_with_its_buttons() -> None:
    request = only(sending(TO, QUESTION))
    assert request[0] == "sendMessage"
    assert request[1]["text"] == "What kind is it?"
    assert markup(request) == {
        "inline_keyboard": [
            [{"text": "Roads", "callback_data": "1:kind:roads"}, {"text": "Water", "callback_data": "1:kind:water"}],
            [{"text": "Back", "callback_data": "1:!back:"}],
        ]
    }


def test_a_link_opens_and_is_not_tapped() -> None:
    request = only(sending(TO, Outgoing("Read the minutes", ((Button("Open", "https://example.org/m", "url"),),))))
    assert markup(request)["inline_keyboard"] == [[{"text": "Open", "url": "https://example.org/m"}]]


def test_more_buttons_than_a_row_takes_go_on_in_the_next() -> None:
    request = only(sending(TO, Outgoing("Which day?", (tuple(Button(str(day), f"1:d:{day}") for day in range(10)),))))
    assert [len(row) for row in markup(request)["inline_keyboard"]] == [8, 2]


def test_a_long_text_is_cut_between_paragraphs_and_the_buttons_stay_below() -> None:
    paragraphs = ["სოფლის საჭიროება " * 100 + str(number) for number in range(6)]
    requests = [checked(each) for each in sending(TO, Outgoing("\n\n".join(paragraphs), ROWS))]
    texts = [params["text"] for _method, params, _files in requests]
    assert "\n\n".join(texts) == "\n\n".join(paragraphs)
    assert all(units(text) <= LONGEST_TEXT for text in texts)
    assert ["reply_markup" in params for _method, params, _files in requests] == [False] * (len(texts) - 1) + [True]


@pytest.mark.parametrize("text", ["a" * 10_000, "🏔" * 5_000, "ა " * 5_000, "x\n" * 5_000, "a" * 4096, " " * 5_000])
def test_nothing_is_lost_in_splitting(text: str) -> None:
    parts = split(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(units(part) <= LONGEST_TEXT for part in parts if text.strip())


def test_a_picture_carries_a_short_text() -> None:
    method, params, files = only(sending(TO, QUESTION, (PICTURE,)))
    assert (method, params["caption"], files) == ("sendPhoto", QUESTION.text, {"photo": PICTURE.file})
    assert "inline_keyboard" in params["reply_markup"]


def test_a_picture_with_a_long_text_goes_first_and_the_text_below() -> None:
    photo, text = map(checked, sending(TO, Outgoing("x" * 1025, ROWS), (PICTURE,)))
    assert (photo[0], text[0]) == ("sendPhoto", "sendMessage")
    assert "caption" not in photo[1]
    assert "reply_markup" not in photo[1]
    assert "reply_markup" in text[1]


def test_a_picture_that_telegram_holds_is_named() -> None:
    method, params, files = only(sending(TO, Outgoing(""), (Attachment("document", "AgAD"),)))
    assert (method, params, files) == ("sendDocument", {"chat_id": "77", "document": "AgAD"}, None)


def test_a_place_is_asked_for_with_a_keyboard_below_the_chat() -> None:
    keyboard = markup(only(sending(TO, WHERE)))
    assert keyboard["keyboard"] == [[{"text": "📍 Here", "request_location": True}], [{"text": "Skip"}]]
    assert keyboard["one_time_keyboard"]
    assert keyboard["resize_keyboard"]


def test_a_link_beside_a_place_is_written_out() -> None:
    rows = (*WHERE.rows, (Button("Map", "https://example.org/map", "url"),))
    assert only(sending(TO, Outgoing("Where?", rows)))[1]["text"] == "Where?\nMap: https://example.org/map"


def test_after_a_place_a_plain_message_takes_the_keyboard_away() -> None:
    request = only(sending(Target("77", closes="8", closing=WHERE), Outgoing("Thank you.")))
    assert markup(request) == {"remove_keyboard": True}


def test_after_a_place_a_question_with_buttons_needs_a_line_before_it() -> None:
    after = Target("77", closes="8", closing=WHERE)
    line, question = map(checked, sending(after, Outgoing(QUESTION.text, ROWS, answered="✓ 📍")))
    assert (line[1]["text"], markup(line)) == ("✓ 📍", {"remove_keyboard": True})
    assert "inline_keyboard" in markup(question)
    assert closing(after, QUESTION) is None


def test_an_answered_question_shows_its_answer_and_no_buttons() -> None:
    method, params, _files = checked(
        closing(Target("77", closes="8", closing=QUESTION), Outgoing("Next", answered="✓ Roads"))
    )
    assert (method, params) == (
        "editMessageText",
        {"chat_id": "77", "message_id": 8, "text": "What kind is it?\n\n✓ Roads"},
    )


def test_a_question_that_is_merely_over_loses_its_buttons() -> None:
    method, params, _files = checked(closing(Target("77", closes="8", closing=QUESTION), Outgoing("Next")))
    assert (method, params) == ("editMessageReplyMarkup", {"chat_id": "77", "message_id": 8})


def test_below_a_picture_the_answer_goes_into_the_caption() -> None:
    request = checked(closing(Target("77", closes="8 photo", closing=QUESTION), Outgoing("Next", answered="✓ Roads")))
    assert request[0] == "editMessageCaption"


def test_an_answer_that_does_not_fit_below_only_takes_the_buttons_away() -> None:
    long = Outgoing("x" * LONGEST_TEXT, ROWS)
    assert (
        checked(closing(Target("77", closes="8", closing=long), Outgoing("Next", answered="✓")))[0]
        == "editMessageReplyMarkup"
    )


@pytest.mark.parametrize(
    "target", [Target("77"), Target("77", closes="8", closing=Outgoing("Tell us")), Target("77", closing=QUESTION)]
)
def test_without_buttons_there_is_nothing_to_close(target: Target) -> None:
    assert closing(target, Outgoing("Next", answered="✓ x")) is None


def test_an_edit_replaces_text_and_buttons() -> None:
    method, params, _files = checked(editing(Target("77", edits="8"), QUESTION))
    assert (method, params["message_id"], params["text"]) == ("editMessageText", 8, QUESTION.text)
    assert "inline_keyboard" in params["reply_markup"]


def test_an_edit_below_a_picture_changes_the_caption() -> None:
    assert checked(editing(Target("77", edits="8 photo"), QUESTION))[0] == "editMessageCaption"


def test_an_edit_can_change_the_picture() -> None:
    method, params, files = checked(editing(Target("77", edits="8 photo"), QUESTION, (PICTURE,)))
    assert (method, files) == ("editMessageMedia", {"file": PICTURE.file})
    assert json.loads(params["media"]) == {"type": "photo", "media": "attach://file", "caption": QUESTION.text}


@pytest.mark.parametrize(
    ("old", "message", "attachments"),
    [
        (None, QUESTION, ()),
        ("8", Outgoing("x" * 4097), ()),
        ("8 photo", Outgoing("x" * 1025), ()),
        ("8", QUESTION, (PICTURE,)),
        ("8", WHERE, ()),
    ],
)
def test_what_cannot_be_edited_is_sent_anew(
    old: str | None, message: Outgoing, attachments: tuple[Attachment, ...]
) -> None:
    assert editing(Target("77", edits=old), message, attachments) is None


def test_a_message_is_named_by_its_number_and_what_it_holds() -> None:
    assert ref({"message_id": 8, "text": "x"}) == "8"
    assert ref({"message_id": 8, "photo": [{}]}) == "8 photo"
