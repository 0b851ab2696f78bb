"""A local Viber: signs its callbacks, repeats them until they are answered, holds every message against the limits."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.fakes.viber_limits import wrong_with

TOKEN = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9"
URI = "mrgvalitest"
Body = dict[str, Any]


@dataclass
class Shown:
    """A message as it stands on the phone."""

    text: str
    kind: str
    token: int
    media: bytes | None = None
    name: str = ""


@dataclass
class Phone:
    """`keyboard` is the last one that came: Viber always shows that."""

    id: str
    language: str
    subscribed: bool = False
    shown: list[Shown] = field(default_factory=list)
    keyboard: list[Body] = field(default_factory=list)
    heard: int = 0
    desktop: bool = False


@dataclass
class Answered:
    status: int
    body: bytes


class Server:
    """`address` is what MRGVALI_VIBER_API is set to; `violations` whatever broke a limit.

    `planned`: status codes for the next messages to a receiver ("" for any). `broadcasts_allowed`: else status 20.
    """

    def __init__(self) -> None:
        self.address = ""
        self.violations: list[str] = []
        self.phones: dict[str, Phone] = {}
        self.calls: Counter[str] = Counter()
        self.bodies: list[tuple[str, Body]] = []
        self.planned: defaultdict[str, list[int]] = defaultdict(list)
        self.broadcasts_allowed = True
        self.receipts = False  # whether to report each message as delivered
        self.hook: Body | None = None
        self.repeated = 0
        self.told: list[int] = []  # tokens of all that people did
        self.unauthorised = 0
        self._tokens = count(5_000_000_000_000_000_000)
        self._changes = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._orders: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._session: ClientSession | None = None

    # ---- what a bot may call

    async def answer(self, request: web.Request) -> web.Response:
        method, raw = request.match_info["method"], await request.read()
        self.calls[method] += 1
        if request.headers.get("X-Viber-Auth-Token") != TOKEN:
            self.unauthorised += 1
            return web.json_response({"status": 2, "status_message": "invalidAuthToken"})
        body = json.loads(raw)
        self.bodies.append((method, body))
        match method:
            case "set_webhook":
                return web.json_response(await self._set_hook(body))
            case "get_account_info":
                return web.json_response({"status": 0, "status_message": "ok", "id": "pa:1", "uri": URI, "name": "M"})
            case "send_message":
                return web.json_response(await self._sent(body, len(raw)))
            case "broadcast_message":
                return web.json_response(await self._broadcast(body, len(raw)))
        return web.json_response({"status": 3, "status_message": "badData"})

    async def _set_hook(self, body: Body) -> Body:
        if urlsplit(body.get("url", "")).scheme not in {"http", "https"}:
            return {"status": 1, "status_message": "invalidUrl"}
        self.hook = body
        try:
            answered = await self.post({"event": "webhook", "timestamp": 1, "message_token": next(self._tokens)})
        except (ClientError, TimeoutError, OSError):
            answered = Answered(0, b"")
        if answered.status != 200:
            self.hook = None
            return {"status": 1, "status_message": "invalidUrl"}
        self._changed()
        return {"status": 0, "status_message": "ok", "event_types": body.get("event_types", [])}

    async def _sent(self, body: Body, size: int) -> Body:
        receiver = str(body.get("receiver", ""))
        refused = self._refused(receiver)
        if refused:
            return {"status": refused, "status_message": "planned"}
        wrong = self._wrong(body, size)
        if wrong:
            return {"status": 3, "status_message": f"badData: {wrong[0]}"}
        token = next(self._tokens)
        status = await self._deliver(receiver, body, token)
        if status:
            return {"status": status, "status_message": "notSubscribed" if status == 6 else "notRegistered"}
        return {"status": 0, "status_message": "ok", "message_token": token, "billing_status": 1}

    async def _broadcast(self, body: Body, size: int) -> Body:
        if not self.broadcasts_allowed:
            return {"status": 20, "status_message": "broadcastNotAllowed"}
        wrong = self._wrong(body, size)
        if wrong:
            return {"status": 3, "status_message": f"badData: {wrong[0]}"}
        token, failed = next(self._tokens), []
        for receiver in body["broadcast_list"]:
            status = self._refused(receiver) or await self._deliver(receiver, body, token)
            if status:
                failed.append({"receiver": receiver, "status": status, "status_message": "Not subscribed"})
        return {"status": 0, "status_message": "ok", "message_token": token, "failed_list": failed}

    def _refused(self, receiver: str) -> int:
        for key in (receiver, ""):
            if self.planned[key]:
                return self.planned[key].pop(0)
        return 0

    def _wrong(self, body: Body, size: int, *, welcome: bool = False) -> list[str]:
        wrong = wrong_with(body, size, welcome=welcome)
        self.violations += wrong
        return wrong

    async def _deliver(self, receiver: str, body: Body, token: int) -> int:
        phone = self.phones.get(receiver)
        if phone is None:
            return 5
        if not phone.subscribed:
            return 6
        await self._show(phone, body, token)
        return 0

    async def _show(self, phone: Phone, body: Body, token: int) -> None:
        kind = body.get("type", "keyboard")
        shown = Shown(body.get("text", ""), kind, token, name=body.get("file_name", ""))
        if "media" in body:
            shown.media = await self._fetched(body["media"])
            if shown.media is None or ("thumbnail" in body and await self._fetched(body["thumbnail"]) is None):
                self.call({"event": "failed", "message_token": token, "user_id": phone.id, "udid": None}, phone.id)
                return
        phone.shown.append(shown)
        if "keyboard" in body:
            phone.keyboard = body["keyboard"]["Buttons"]
        phone.heard += 1
        self._changed()
        if self.receipts:
            self.call({"event": "delivered", "message_token": token, "user_id": phone.id}, phone.id)

    async def _fetched(self, url: str) -> bytes | None:
        try:
            async with self._open().get(url) as response:
                return await response.read() if response.status == 200 else None
        except (ClientError, TimeoutError, OSError):
            return None

    # ---- what it calls

    def token(self) -> int:
        return next(self._tokens)

    def sign(self, body: bytes, key: str = TOKEN) -> str:
        return hmac.new(key.encode(), body, sha256).hexdigest()

    async def post(self, callback: Body, *, signature: str | None = None) -> Answered:
        """One attempt."""
        assert self.hook is not None
        body = json.dumps(callback).encode()
        headers = {"X-Viber-Content-Signature": self.sign(body) if signature is None else signature}
        headers["Content-Type"] = "application/json"
        async with self._open().post(self.hook["url"], data=body, headers=headers) as response:
            return Answered(response.status, await response.read())

    def call(self, callback: Body, order: str) -> asyncio.Task[None]:
        """Until it is answered with 200, in order for each person."""
        callback = {"timestamp": 1_700_000_000_000, "message_token": next(self._tokens), **callback}
        if callback["event"] not in {"delivered", "seen", "failed"}:
            self.told.append(callback["message_token"])
        task = asyncio.create_task(self._insist(callback, order))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _insist(self, callback: Body, order: str) -> None:
        async with self._orders[order]:
            pause = 0.02
            while True:
                try:
                    answered = await self.post(callback)
                except (ClientError, TimeoutError, OSError):
                    answered = Answered(0, b"")
                if answered.status == 200:
                    await self._welcomed(callback, answered)
                    return
                self.repeated += 1
                await asyncio.sleep(pause)
                pause = min(0.5, pause * 2)

    async def _welcomed(self, callback: Body, answered: Answered) -> None:
        """The one message that may come before they have subscribed."""
        if callback["event"] == "conversation_started" and answered.body:
            body = json.loads(answered.body)
            if not self._wrong(body, len(answered.body), welcome=True):
                await self._show(self.phones[callback["user"]["id"]], body, callback["message_token"])
        self._changed()

    def phone(self, user: str, language: str = "en") -> User:
        return User(self, self.phones.setdefault(user, Phone(user, language)))

    async def hooked(self) -> None:
        """Until the program has told us where it may be called."""
        async with asyncio.timeout(15):
            while self.hook is None:
                await self.change(0.1)

    async def change(self, seconds: float) -> bool:
        """Waits until anything happens; False when nothing did."""
        self._changes.clear()
        try:
            await asyncio.wait_for(self._changes.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _changed(self) -> None:
        self._changes.set()

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=20))
        return self._session

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()


@dataclass
class User:
    """A person with the app in hand."""

    server: Server
    phone: Phone

    @property
    def who(self) -> Body:
        return {
            "id": self.phone.id, "name": "Nino", "avatar": "https://avatar.example", "country": "GE",
            "language": self.phone.language, "api_version": 10,
        }  # fmt: skip

    def opens(self, context: str | None = None) -> Body:
        """The callback itself, to be given to `call` or `post`."""
        callback: Body = {"event": "conversation_started", "type": "open", "user": self.who}
        callback |= {"subscribed": self.phone.subscribed, "timestamp": 1_700_000_000_000}
        return {**callback, **({"context": context} if context else {}), "message_token": self.server.token()}

    def start(self, context: str | None = None) -> asyncio.Task[None]:
        return self.server.call(self.opens(context), self.phone.id)

    def message(self, **message: Any) -> Body:
        sent = {"event": "message", "timestamp": 1_700_000_000_000, "sender": self.who, "silent": False}
        return {**sent, "message_token": self.server.token(), "message": message}

    def say(self, **message: Any) -> asyncio.Task[None]:
        """The first message of all subscribes."""
        if not self.phone.subscribed:
            self.phone.subscribed = True
            self.server.call({"event": "subscribed", "user": self.who}, self.phone.id)
        return self.server.call(self.message(**message), self.phone.id)

    def send(self, text: str) -> asyncio.Task[None]:
        return self.say(type="text", text=text)

    def picture(self, address: str, caption: str = "") -> asyncio.Task[None]:
        return self.say(type="picture", media=address, thumbnail=address, text=caption, file_name="p.jpg", size=5)

    def file(self, address: str, name: str, size: int) -> asyncio.Task[None]:
        return self.say(type="file", media=address, file_name=name, size=size)

    def location(self, lat: float, lon: float) -> asyncio.Task[None]:
        return self.say(type="location", location={"lat": lat, "lon": lon, "address": "Near the well"})

    def unsubscribe(self) -> asyncio.Task[None]:
        self.phone.subscribed = False
        return self.server.call({"event": "unsubscribed", "user_id": self.phone.id}, self.phone.id)

    def labels(self) -> list[str]:
        return [unescape(button["Text"]) for button in self.phone.keyboard]

    def press(self, button: Body) -> asyncio.Task[None]:
        if button["ActionType"] == "location-picker":
            assert not self.phone.desktop, "no place can be picked on a desktop"
            return self.location(41.7, 44.8)
        return self.send(button["ActionBody"])


@asynccontextmanager
async def viber_server(port: int = 0) -> AsyncIterator[Server]:
    server = Server()
    app = web.Application(client_max_size=1_000_000)
    app.router.add_post("/pa/{method}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.stop()
        await runner.cleanup()
