"""What a message becomes on Viber: parts, keyboards, pages; always within the published limits."""

from __future__ import annotations

import json
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.viber_keyboard import TALLEST, keyboard
from bot.channels.viber_message import Body, Linked, bodies
from conversations.message import Button, Outgoing, Rows
from storage.jsontext import dumps
from tests.fakes.viber_limits import tall, wrong_with

PICTURE = Linked("https://m.ge/a.jpeg", 900, "a.jpeg", "https://m.ge/a.small.jpeg")
SHEET = Linked("https://m.ge/a.xlsx", 900, "answers.xlsx")
TAP = Button("Yes", "1:sure:yes")


def sent(message: Outgoing, picture: Linked | None = None, document: Linked | None = None) -> list[Body]:
    parts = [{**part, "receiver": "a==", "sender": {"name": "m"}} for part in bodies(message, picture, document)]
    assert [wrong_with(part, len(dumps(part).encode())) for part in parts] == [[] for _part in parts]
    return parts


def labels(part: Body) -> list[str]:
    return [unescape(button["Text"]) for button in part["keyboard"]["Buttons"]]


def test_words_and_buttons() -> None:
    [part] = sent(Outgoing("Is it so?", ((TAP, Button("No", "1:sure:no")),)))
    assert (part["type"], part["text"]) == ("text", "Is it so?")
    assert [(button["Columns"], button["ActionBody"]) for button in part["keyboard"]["Buttons"]] == [
        (3, "mrgvali:1:sure:yes"),
        (3, "mrgvali:1:sure:no"),
    ]
    assert "min_api_version" not in part, "old phones see it too"


def test_a_text_of_more_than_seven_thousand_letters_is_split_and_nothing_is_lost() -> None:
    words = " ".join(f"სიტყვა{number}" for number in range(3000))
    parts = sent(Outgoing(words, ((TAP,),)))
    assert len(parts) > 3
    assert " ".join(part["text"] for part in parts).split() == words.split()
    assert ["keyboard" in part for part in parts] == [False] * (len(parts) - 1) + [True]


def test_seven_thousand_letters_are_one_message_where_the_request_has_room() -> None:
    assert len(sent(Outgoing("a" * 7000))) == 1
    assert len(sent(Outgoing("ა" * 7000))) == 1
    assert len(sent(Outgoing("a" * 7001))) == 2


def test_a_picture_with_few_words_is_one_message_and_with_many_two() -> None:
    [part] = sent(Outgoing("Is this it?", ((TAP,),)), PICTURE)
    assert (part["type"], part["text"], part["thumbnail"]) == ("picture", "Is this it?", PICTURE.small)
    first, second = sent(Outgoing("a" * 513, ((TAP,),)), PICTURE)
    assert (first["type"], first["text"], second["type"]) == ("picture", "", "text")
    assert "keyboard" in second


def test_a_document_goes_before_its_words() -> None:
    first, second = sent(Outgoing("The answers."), None, SHEET)
    assert (first["type"], first["file_name"], first["size"]) == ("file", "answers.xlsx", 900)
    assert second["text"] == "The answers."


def test_what_was_answered_stands_above_what_comes_next() -> None:
    [part] = sent(Outgoing("And now?", ((TAP,),), closes=4, answered="✓ Roads"))
    assert part["text"] == "✓ Roads\n\nAnd now?"


def test_buttons_of_a_question_that_is_over_give_way_to_the_menus() -> None:
    [part] = sent(Outgoing("Thank you.", closes=4))
    assert part["keyboard"]["Buttons"][0]["ActionBody"] == "mrgvali:/menu"
    [news] = sent(Outgoing("News."))
    assert "keyboard" not in news, "what was asked before can still be answered"


def test_a_keyboard_too_large_has_pages_and_every_button_is_on_one() -> None:
    rows: Rows = tuple((Button(f"Village {number}", f"1:village:{number}"),) for number in range(40))
    seen, page = set[str](), 0
    for _time in range(20):
        [part] = sent(Outgoing("Which village?", rows, page=page))
        buttons = part["keyboard"]["Buttons"]
        assert tall(buttons) <= TALLEST
        seen |= {button["ActionBody"] for button in buttons}
        page = int(buttons[-1]["ActionBody"].rpartition(":")[2])
    assert {f"mrgvali:1:village:{number}" for number in range(40)} <= seen


def test_the_days_of_a_month_flow_on() -> None:
    weeks: Rows = tuple(
        tuple(Button(str(day), f"1:day:{day}") for day in range(week, min(week + 7, 32))) for week in range(1, 32, 7)
    )
    [part] = sent(Outgoing("Which day?", weeks))
    assert labels(part) == [str(day) for day in range(1, 32)]
    assert tall(part["keyboard"]["Buttons"]) == 6


def test_labels_too_long_for_their_share_stand_alone_and_the_longest_are_cut() -> None:
    long = "A rather long answer to a short question"
    [part] = sent(Outgoing("?", ((Button(long, "1:a:1"), Button("No", "1:a:2")),)))
    assert [button["Columns"] for button in part["keyboard"]["Buttons"]] == [6, 6]
    [part] = sent(Outgoing("?", ((Button("<&>" * 200, "1:a:1"),),)))
    assert labels(part)[0].startswith("<&><&>")


def test_a_place_asks_for_a_newer_viber_and_a_link_says_that_it_was_a_link() -> None:
    place, link = Button("📍", "location", "location"), Button("Open", "https://m.ge/chat?a=1&b=2", "url")
    [part] = sent(Outgoing("Where?", ((place,), (link,))))
    assert part["min_api_version"] == 3
    assert part["keyboard"]["Buttons"][1]["ActionBody"] == "https://m.ge/chat?a=1&b=2#mrgvali"


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9000),
    st.lists(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=9), max_size=20),
    st.integers(0, 50),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_said_keeps_to_the_limits(text: str, rows: list[list[str]], page: int) -> None:
    buttons = tuple(tuple(Button(f"x{label}", f"1:k:{n}") for n, label in enumerate(row)) for row in rows)
    sent(Outgoing(text.strip() or "…", buttons, page=page), PICTURE if page % 2 else None)


@pytest.mark.parametrize("page", [0, 1, 7, 10**9])
def test_a_page_that_is_not_there_is_one_that_is(page: int) -> None:
    rows: Rows = tuple((Button(f"Village {number}", f"1:village:{number}"),) for number in range(30))
    assert json.dumps(keyboard(rows, page))
