"""What becomes of a message, status by status; and a Viber that does not answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channels import viber_api
from bot.channels.port import Again, Gone, Outcome, Refused, Sent, Target
from bot.channels.viber import Viber
from bot.channels.viber_api import Api, Lost, NotSaid, TooLarge
from conversations.message import Outgoing
from tests.bot.viber.conftest import Shelf
from tests.fakes.viber_files import Files
from tests.fakes.viber_server import TOKEN, Server

HELLO = Outgoing("Hello")
NINO = Target("nino==")

STATUS: dict[int, Outcome] = {
    2: Again("2 planned", 60.0),
    3: Refused("3 planned"),
    5: Gone("5 planned"),
    6: Gone("6 planned"),
    10: Again("10 planned", 60.0),
    12: Again("12 planned", 60.0),
    13: Refused("13 planned"),
    20: Again("20 planned"),
    21: Refused("21 planned"),
    24: Again("24 planned"),
    99: Again("99 planned"),
}


@pytest.fixture
def nino(server: Server) -> None:
    server.phone("nino==").phone.subscribed = True


@pytest.mark.usefixtures("nino")
@pytest.mark.parametrize("status", STATUS)
async def test_what_each_status_means(viber: Viber, server: Server, status: int) -> None:
    server.planned["nino=="] = [status]
    assert await viber.send(NINO, HELLO) == STATUS[status]
    assert isinstance(await viber.send(NINO, HELLO), Sent), "the next one passes"


async def test_who_has_not_subscribed_or_is_not_there(viber: Viber, server: Server) -> None:
    assert isinstance(await viber.send(Target("nobody=="), HELLO), Gone)
    server.phone("nino==")
    assert isinstance(await viber.send(NINO, HELLO), Gone)


async def test_a_wrong_token_is_nobodys_fault(server: Server) -> None:
    viber = Viber("another", Shelf(), api=Api("another", server.address))
    assert await viber.send(NINO, HELLO) == Again("2 invalidAuthToken", 60.0)
    assert server.unauthorised == 1
    await viber.close()


@pytest.fixture
async def odd() -> AsyncIterator[tuple[str, list[web.StreamResponse]]]:
    """A server that answers whatever it is told to; nothing told, nothing answered."""
    answers: list[web.StreamResponse] = []

    async def answer(_request: web.Request) -> web.StreamResponse:
        if not answers:
            await asyncio.sleep(60)
        return answers.pop(0)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", answers
    await runner.cleanup()


@pytest.mark.parametrize(
    ("response", "becomes"),
    [
        ({"status": 500}, Again("no status")),
        ({"status": 502, "text": "<html>"}, Again("no status")),
        ({"status": 429, "headers": {"Retry-After": "7"}}, Again("no status", 7.0)),
        ({"status": 401}, Again("no status", 60.0)),
        ({"status": 413}, Refused("no status")),
        ({"status": 200, "text": "[]"}, Again("no status")),
        ({"status": 200, "text": "[" * 20_000}, Again("no status")),
        ({"status": 200, "text": '{"status": false}'}, Again("no status")),
        ({"status": 200, "text": '{"status": 3, "status_message": "' + TOKEN + '"}'}, Refused("3 …")),
    ],
)
async def test_answers_that_are_none(
    odd: tuple[str, list[web.StreamResponse]], response: dict[str, object], becomes: Outcome
) -> None:
    address, answers = odd
    viber = Viber(TOKEN, Shelf(), api=Api(TOKEN, address))
    answers.append(web.Response(**response))  # type: ignore[arg-type]
    assert await viber.send(NINO, HELLO) == becomes
    await viber.close()


async def test_a_viber_that_never_answers_is_left_after_a_while_and_the_token_is_in_no_log(
    odd: tuple[str, list[web.StreamResponse]], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(viber_api, "SECONDS", 0.2)
    caplog.set_level(logging.DEBUG)
    viber = Viber(TOKEN, Shelf(), api=Api(TOKEN, odd[0]))
    assert await viber.send(NINO, Outgoing("what Nino said")) == Again("TimeoutError")
    await viber.close()
    assert TOKEN not in caplog.text
    assert "what Nino said" not in caplog.text


async def test_without_a_connection_it_is_only_a_wait() -> None:
    viber = Viber(TOKEN, Shelf(), api=Api(TOKEN, "http://127.0.0.1:1"))
    assert await viber.send(NINO, HELLO) == Again("ClientConnectorError", 10.0)
    await viber.close()


@pytest.mark.usefixtures("nino")
async def test_connections_are_kept(viber: Viber, server: Server) -> None:
    for _time in range(20):
        await viber.send(NINO, HELLO)
    assert viber.api._session is not None
    pool = viber.api._session.connector
    assert pool is not None
    assert sum(len(kept) for kept in pool._conns.values()) == 1


async def test_a_picture_comes_from_where_viber_keeps_it(viber: Viber, files: Files) -> None:
    address = files.keep("road.jpg", b"x" * 500)
    assert await viber.fetch(address, 500) == b"x" * 500
    with pytest.raises(TooLarge):
        await viber.fetch(address, 499)


async def test_a_picture_that_is_gone_or_was_never_there(viber: Viber, files: Files) -> None:
    address = files.keep("road.jpg", b"x")
    files.forget()
    for nowhere in (address, "file:///etc/passwd", "ftp://files.example.ge/a.jpg", "no address"):
        with pytest.raises(Lost):
            await viber.fetch(nowhere, 500)


async def test_a_picture_address_that_does_not_answer_may_be_tried_again(
    viber: Viber, odd: tuple[str, list[web.StreamResponse]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viber_api, "FETCH_SECONDS", 0.2)
    for nowhere in ("http://127.0.0.1:1/road.jpg", f"{odd[0]}/road.jpg"):
        with pytest.raises(NotSaid):
            await viber.fetch(nowhere, 500)
    odd[1].append(web.Response(status=503))
    with pytest.raises(NotSaid):
        await viber.fetch(f"{odd[0]}/road.jpg", 500)


async def test_the_webhook_asks_for_nobodys_name(server: Server) -> None:
    api = Api(TOKEN, server.address + "/pa/")
    viber = Viber(TOKEN, Shelf(), api=api)
    with pytest.raises(NotSaid, match="invalidUrl"):
        await viber.receive_at("nowhere")
    [(_method, asked)] = server.bodies
    assert asked["send_name"] is asked["send_photo"] is False
    assert {"delivered", "seen", "failed", "conversation_started"} <= set(asked["event_types"])
    await viber.learn_name()
    assert viber.uri == "mrgvalitest"
    await viber.close()
