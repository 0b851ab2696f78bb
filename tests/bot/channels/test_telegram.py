"""The channel over HTTP: what people see on their phones, and how Telegram's refusals are understood."""

import pytest

import locales
from bot.channels.port import Ack, Again, Gone, Partly, Refused, Sent, Target
from bot.channels.telegram import Telegram, TooLarge
from bot.channels.telegram_api import NotSaid
from conversations.message import Button, Outgoing
from tests.bot.channels.conftest import Drawer
from tests.fakes.telegram_chats import Chat, Refusal
from tests.fakes.telegram_server import TOKEN, Server

ROWS = ((Button("Roads", "1:kind:roads"), Button("Water", "1:kind:water")),)
QUESTION = Outgoing("What kind is it?", ROWS)
WHERE = Outgoing("Where is it?", ((Button("📍 Here", "", "location"),),))
TO = Target("77")


@pytest.fixture
def nino(server: Server) -> Chat:
    return server.user(77).chat


def refuse(server: Server, code: int, description: str, retry_after: int | None = None) -> None:
    server.telegram.planned[77].append(Refusal(code, description, retry_after))


async def sent(telegram: Telegram, message: Outgoing, target: Target = TO) -> str:
    """All its parts, one after the other."""
    outcome = await telegram.send(target, message)
    while isinstance(outcome, Partly):
        outcome = await telegram.send(target._replace(parts=outcome.parts), message)
    assert isinstance(outcome, Sent)
    assert outcome.ref is not None
    return outcome.ref


def test_a_bot_is_named_by_its_number(telegram: Telegram) -> None:
    assert telegram.name == "telegram:5000"


async def test_it_introduces_itself_in_each_language(telegram: Telegram, server: Server) -> None:
    await telegram.introduce()
    assert telegram.username == "mrgvali_test_bot"
    english, georgian = server.telegram.commands[""], server.telegram.commands["ka"]
    names = ["menu", "back", "cancel", "help", "language", "mydata", "forget"]
    assert [command["command"] for command in english] == [command["command"] for command in georgian] == names
    with locales.use("ka"):
        assert georgian[0]["description"] == locales._("What you can do here")


async def test_a_question_and_its_answer(telegram: Telegram, nino: Chat) -> None:
    ref = await sent(telegram, QUESTION)
    assert [button["text"] for button in nino.messages[-1].buttons] == ["Roads", "Water"]
    await sent(telegram, Outgoing("Thank you.", answered="✓ Roads"), Target("77", closes=ref, closing=QUESTION))
    assert [(message.text, message.buttons) for message in nino.messages] == [
        ("What kind is it?\n\n✓ Roads", []),
        ("Thank you.", []),
    ]


async def test_an_edit_changes_the_message_in_place(telegram: Telegram, nino: Chat) -> None:
    ref = await sent(telegram, QUESTION)
    assert await sent(telegram, Outgoing("And now?", ROWS), Target("77", edits=ref)) == ref
    assert [message.text for message in nino.messages] == ["And now?"]


async def test_an_edit_that_changes_nothing_is_done(telegram: Telegram, nino: Chat) -> None:
    ref = await sent(telegram, QUESTION)
    assert await sent(telegram, QUESTION, Target("77", edits=ref)) == ref
    assert len(nino.messages) == 1


async def test_what_cannot_be_edited_any_more_is_sent_anew(telegram: Telegram, nino: Chat) -> None:
    assert await sent(telegram, QUESTION, Target("77", edits="31")) != "31"
    assert [message.text for message in nino.messages] == ["What kind is it?"]


async def test_a_question_gone_from_the_phone_does_not_stop_the_next(telegram: Telegram, nino: Chat) -> None:
    await sent(telegram, Outgoing("Next", answered="✓"), Target("77", closes="31", closing=QUESTION))
    assert [message.text for message in nino.messages] == ["Next"]


async def test_the_keyboard_for_a_place_comes_and_goes(telegram: Telegram, nino: Chat) -> None:
    ref = await sent(telegram, WHERE)
    assert nino.keyboard["keyboard"] == [[{"text": "📍 Here", "request_location": True}]]
    await sent(telegram, Outgoing("What kind?", ROWS, answered="✓ 📍"), Target("77", closes=ref, closing=WHERE))
    assert nino.keyboard == {}
    assert [message.text for message in nino.messages] == ["Where is it?", "✓ 📍", "What kind?"]


async def test_a_long_text_comes_in_parts_and_is_named_by_the_last(telegram: Telegram, nino: Chat) -> None:
    ref = await sent(telegram, Outgoing("word " * 2000, ROWS))
    assert len(nino.messages) == 3
    assert (str(nino.messages[-1].id), bool(nino.messages[-1].buttons)) == (ref, True)


async def test_told_to_wait_it_goes_on_with_the_part_that_is_left(
    telegram: Telegram, server: Server, nino: Chat
) -> None:
    long, second = Outgoing("word " * 1500), Target("77", parts=1)
    assert await telegram.send(TO, long) == Partly(1)
    refuse(server, 429, "Too Many Requests", 1)
    assert isinstance(await telegram.send(second, long), Again)
    assert isinstance(await telegram.send(second, long), Sent)
    assert len(nino.messages) == 2


async def test_a_picture_goes_up_once(telegram: Telegram, server: Server, drawer: Drawer, nino: Chat) -> None:
    drawer.files["m1"] = ("need.jpg", b"\xff\xd8picture")
    await sent(telegram, Outgoing("Look", photo="m1"))
    await sent(telegram, Outgoing("Look again", photo="m1"))
    assert [(message.kind, message.text, message.file_id) for message in nino.messages] == [
        ("photo", "Look", "photo-1"),
        ("photo", "Look again", "photo-1"),
    ]
    assert list(server.telegram.files.values()) == [b"\xff\xd8picture"]


async def test_a_forgotten_file_goes_up_again(telegram: Telegram, drawer: Drawer, nino: Chat) -> None:
    drawer.files["m1"] = ("need.jpg", b"\xff\xd8")
    drawer.refs[telegram.name, "m1"] = "photo gone"
    await sent(telegram, Outgoing("Look", photo="m1"))
    assert nino.messages[-1].file_id == "photo-1"
    assert drawer.refs == {(telegram.name, "m1"): "photo photo-1"}


async def test_a_picture_too_large_for_a_photo_goes_as_a_document(
    telegram: Telegram, drawer: Drawer, nino: Chat
) -> None:
    drawer.files["m1"] = ("need.jpg", b"x" * 10_000_001)
    await sent(telegram, Outgoing("Look", photo="m1"))
    await sent(telegram, Outgoing("Again", photo="m1"))
    assert [message.kind for message in nino.messages] == ["document", "document"]


async def test_the_words_go_out_even_if_the_picture_was_erased(telegram: Telegram, nino: Chat) -> None:
    await sent(telegram, Outgoing("Look", photo="gone"))
    assert [(message.kind, message.text) for message in nino.messages] == [("text", "Look")]


async def test_a_picture_can_be_exchanged_in_place(telegram: Telegram, drawer: Drawer, nino: Chat) -> None:
    drawer.files = {"m1": ("1.jpg", b"one"), "m2": ("2.jpg", b"two")}
    ref = await sent(telegram, Outgoing("1 of 2", ROWS, photo="m1"))
    assert await sent(telegram, Outgoing("2 of 2", ROWS, photo="m2"), Target("77", edits=ref)) == ref
    assert [(message.text, message.file_id) for message in nino.messages] == [("2 of 2", "photo-2")]


@pytest.mark.parametrize(
    ("code", "description", "retry_after", "outcome"),
    [
        (429, "Too Many Requests: retry after 7", 7, Again("429 Too Many Requests: retry after 7", 7)),
        (403, "Forbidden: user is deactivated", None, Gone("403 Forbidden: user is deactivated")),
        (400, "Bad Request: chat not found", None, Gone("400 Bad Request: chat not found")),
        (400, "Bad Request: can't parse", None, Refused("400 Bad Request: can't parse")),
        (413, "Request Entity Too Large", None, Refused("413 Request Entity Too Large")),
        (401, "Unauthorized", None, Again("401 Unauthorized", 60.0)),
        (500, "Internal Server Error", None, Again("500 Internal Server Error")),
    ],
)
async def test_a_refusal_is_understood(
    telegram: Telegram,
    server: Server,
    nino: Chat,
    code: int,
    description: str,
    retry_after: int | None,
    outcome: object,
) -> None:
    refuse(server, code, description, retry_after)
    assert await telegram.send(TO, QUESTION) == outcome
    assert nino.messages == []


async def test_somebody_who_blocked_us_is_gone_even_when_a_question_is_closed_first(
    telegram: Telegram, server: Server
) -> None:
    ref = await sent(telegram, QUESTION, Target(str(server.user(77).chat.id)))
    server.user(77).block()
    outcome = await telegram.send(Target("77", closes=ref, closing=QUESTION), Outgoing("Next"))
    assert isinstance(outcome, Gone)


async def test_without_a_network_we_wait_and_the_token_is_in_no_message(drawer: Drawer) -> None:
    telegram = Telegram(TOKEN, drawer, address="http://127.0.0.1:1")
    outcome = await telegram.send(TO, QUESTION)
    assert isinstance(outcome, Again)
    assert outcome.seconds == 10.0
    assert TOKEN not in outcome.reason
    await telegram.acknowledge(Ack("c"))
    await telegram.close()


async def test_a_tap_is_acknowledged_with_a_short_text(telegram: Telegram, server: Server) -> None:
    await telegram.acknowledge(Ack("c1"))
    await telegram.acknowledge(Ack("c2", "x" * 300))
    assert [ack.get("text", "") for ack in server.telegram.acks] == ["", "x" * 199 + "…"]


async def test_a_file_is_fetched_unless_it_is_too_large(telegram: Telegram, server: Server) -> None:
    file_id = server.telegram.keep_file(b"voice", "voice")
    assert await telegram.fetch(file_id, 100) == b"voice"
    with pytest.raises(TooLarge):
        await telegram.fetch(file_id, 4)
    with pytest.raises(NotSaid):
        await telegram.fetch("gone", 100)
