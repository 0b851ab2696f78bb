"""A local Bot API server over HTTP: it keeps chats, delivers by polling or webhook, and holds every request against
the published Bot API where that is at hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.fakes.telegram_chats import Chat, Files, Message, Params, Refusal, Telegram
from tests.fakes.telegram_form import read, refused
from tests.fakes.telegram_oracle import errors

TOKEN = "5000:TEST-token"
CALLERS = 8  # how many webhook calls run at once; the updates of one chat stay in order


class Server:
    """`address` is what MRGVALI_TELEGRAM_API is set to; `errors` what the oracle had to say."""

    def __init__(self) -> None:
        self.telegram = Telegram(changed=self._changed)
        self.address = ""
        self.errors: list[str] = []
        self.delivered = 0  # updates that the program has acknowledged
        self.duplicate_polls = 0
        self._changes: asyncio.Event = asyncio.Event()
        self._updates: list[Params] = []
        self._poller: asyncio.Event | None = None  # set: a newer poll has come
        self._hook: Params | None = None
        self._callers: list[asyncio.Task[None]] = []
        self._queues: list[asyncio.Queue[Params]] = []
        self._ids = iter(range(1_000_000, 2_000_000_000))

    def user(self, user_id: int, language: str = "en") -> User:
        return User(self, self.telegram.chat(user_id, language))

    def push(self, kind: str, body: Params) -> int:
        """Something happened; the program will hear of it. Answers the update's number."""
        update: Params = {"update_id": next(self._ids), kind: body}
        if self._hook is not None:
            self._queue(update)
        else:
            self._updates.append(update)
        self._changed()
        return int(update["update_id"])

    @property
    def undelivered(self) -> int:
        return len(self._updates) + sum(queue.qsize() for queue in self._queues)

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

    # ---- the Bot API

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params, files = await read(request)
        self.errors += errors(method, params, tuple(files))
        try:
            result = await self._do(method, params, files)
        except Refusal as refusal:
            return refused(refusal)
        return web.json_response({"ok": True, "result": result})

    async def file(self, request: web.Request) -> web.Response:
        content = self.telegram.files.get(request.match_info["file_id"])
        return web.Response(body=content) if content is not None else web.Response(status=404)

    async def _do(self, method: str, params: Params, files: Files) -> Any:
        match method:
            case "getUpdates":
                return await self._poll(params)
            case "setWebhook":
                return self._set_hook(params)
            case "deleteWebhook":
                return await self._delete_hook()
        return self.telegram.call(method, params, files)

    async def _poll(self, params: Params) -> list[Params]:
        if self._hook is not None:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        newer = asyncio.Event()
        if self._poller is not None:
            self.duplicate_polls += 1
            self._poller.set()
        self._poller = newer
        try:
            return await self._next_batch(params, newer)
        finally:
            if self._poller is newer:
                self._poller = None

    async def _next_batch(self, params: Params, newer: asyncio.Event) -> list[Params]:
        self._confirm(int(params.get("offset", 0)))
        until = time.monotonic() + float(params.get("timeout", 0))
        while not self._updates and time.monotonic() < until:
            await self.change(min(0.05, max(0.0, until - time.monotonic())))
            if newer.is_set():
                raise Refusal(409, "Conflict: terminated by other getUpdates request")
        return self._updates[: int(params.get("limit", 100))]

    def _confirm(self, offset: int) -> None:
        kept = [update for update in self._updates if update["update_id"] >= offset]
        self.delivered += len(self._updates) - len(kept)
        self._updates = kept

    # ---- the webhook

    def _set_hook(self, params: Params) -> bool:
        first, self._hook = self._hook is None, params
        if first:
            self._queues = [asyncio.Queue() for _ in range(CALLERS)]
            self._callers = [asyncio.create_task(self._call(queue)) for queue in self._queues]
            while self._updates:
                self._queue(self._updates.pop(0))
        return True

    def _queue(self, update: Params) -> None:
        (body,) = (value for name, value in update.items() if name != "update_id")
        self._queues[body["from"]["id"] % CALLERS].put_nowait(update)

    async def _delete_hook(self) -> bool:
        self._hook = None
        await self.stop()
        return True

    async def _call(self, queue: asyncio.Queue[Params]) -> None:
        async with ClientSession(timeout=ClientTimeout(total=20)) as session:
            while True:
                update = await queue.get()
                pause = 0.02
                while not await self._called(session, update):
                    await asyncio.sleep(pause)
                    pause = min(0.5, pause * 2)
                self.delivered += 1
                self._changed()

    async def _called(self, session: ClientSession, update: Params) -> bool:
        assert self._hook is not None
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._hook.get("secret_token", "")}
        try:
            async with session.post(self._hook["url"], json=update, headers=headers) as response:
                return response.status == 200
        except (ClientError, TimeoutError, OSError):
            return False

    async def stop(self) -> None:
        for caller in self._callers:
            caller.cancel()
        await asyncio.gather(*self._callers, return_exceptions=True)
        self._callers = []


class User:
    """A person with the app in hand."""

    def __init__(self, server: Server, chat: Chat) -> None:
        self.server, self.chat = server, chat

    def send(self, text: str) -> int:
        return self.message(text=text)

    def start(self, payload: str = "") -> int:
        return self.send(f"/start {payload}".rstrip())

    def tap(self, label: str) -> int:
        """Presses the newest button with these words in it, under a message or below the chat."""
        for message in reversed(self.chat.from_bot()):
            for button in message.buttons:
                if label in button["text"]:
                    return self.press(message, button["callback_data"])
        return self.send(next(key for key in self.keys() if label in key))

    def press(self, message: Message, data: str) -> int:
        shown = {"message_id": message.id, "date": 1, "chat": self.chat.shape, "text": message.text}
        number = self.server.telegram.number()
        body = {"id": str(number), "from": self.chat.user, "chat_instance": "1", "message": shown, "data": data}
        return self.server.push("callback_query", body)

    def keys(self) -> list[str]:
        return [key["text"] for row in self.chat.keyboard.get("keyboard", ()) for key in row]

    def photo(self, content: bytes, caption: str | None = None) -> int:
        file_id = self.server.telegram.keep_file(content, "photo")
        size = {"file_id": file_id, "file_unique_id": "u", "width": 800, "height": 600, "file_size": len(content)}
        return self.message(photo=[size], **({"caption": caption} if caption else {}))

    def document(self, name: str, content: bytes) -> int:
        file_id = self.server.telegram.keep_file(content, "document")
        held = {"file_id": file_id, "file_unique_id": "u", "file_name": name, "file_size": len(content)}
        return self.message(document={**held, "mime_type": "text/csv"})

    def location(self, lat: float, lon: float) -> int:
        return self.message(location={"latitude": lat, "longitude": lon})

    def block(self) -> int:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def message(self, **fields: Any) -> int:
        number = self.server.telegram.number()
        self.chat.messages.append(Message(number, fields.get("text", ""), mine=True))
        body = {"message_id": number, "date": int(time.time()), "chat": self.chat.shape, "from": self.chat.user}
        return self.server.push("message", {**body, **fields})

    def _membership(self, old: str, new: str) -> int:
        members = {"old_chat_member": {"status": old}, "new_chat_member": {"status": new}}
        return self.server.push(
            "my_chat_member", {"chat": self.chat.shape, "from": self.chat.user, "date": 1, **members}
        )


@asynccontextmanager
async def telegram_server(port: int = 0, server: Server | None = None) -> AsyncIterator[Server]:
    server = server or Server()
    app = web.Application(client_max_size=60_000_000)
    app.router.add_post(f"/bot{TOKEN}/{{method}}", server.answer)
    app.router.add_get(f"/file/bot{TOKEN}/files/{{file_id}}", server.file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.stop()
        await runner.cleanup()
