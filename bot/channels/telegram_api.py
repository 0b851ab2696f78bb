"""One call to Telegram's Bot API: typed errors, the token in no message."""

from __future__ import annotations

import logging
from typing import Any

import httpx
from telegram import InputFile
from telegram.error import TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.channels.telegram_request import Files
from storage.jsontext import loads_anything

READ_SECONDS = 10.0
UPLOAD_SECONDS = 40.0
UNREACHED_SECONDS = 10.0


class NotSaid(Exception):
    """Telegram did not do what we asked; `code` is 0 where no answer came at all.

    Our own and not PTB's errors: those are made in BaseRequest.post, which warns of a deprecation at every 429.
    """

    def __init__(
        self, code: int, description: str, retry_after: float | None = None, moved_to: int | None = None
    ) -> None:
        super().__init__(f"{code} {description}" if code else description)
        self.moved_to = moved_to  # a group chat was upgraded, and has this id now
        self.code = code
        self.description = description
        self.retry_after = retry_after


class Api:
    """`base` is Telegram's address or that of a local server; `connections` bounds how many calls run at once."""

    def __init__(self, token: str, base: str, *, connections: int = 40, request: BaseRequest | None = None) -> None:
        self._token = token
        self._calls = f"{base}/bot{token}/"
        self._files = f"{base}/file/bot{token}/"
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write every address, and the token in it
        self._request = request or HTTPXRequest(connections, read_timeout=READ_SECONDS, pool_timeout=READ_SECONDS)

    async def call(
        self, method: str, params: dict[str, Any], files: Files | None = None, read: float = READ_SECONDS
    ) -> Any:
        seconds = max(read, UPLOAD_SECONDS) if files else read
        code, body = await self._do(self._calls + method, "POST", _data(params, files), seconds)
        answer = _answer(body)
        if code == 200 and answer.get("ok") is True and "result" in answer:
            return answer["result"]
        raise self._refusal(code, answer)

    async def download(self, path: str) -> bytes:
        code, body = await self._do(self._files + path, "GET", None, UPLOAD_SECONDS)
        if code != 200:
            raise self._refusal(code, _answer(body))
        return body

    async def close(self) -> None:
        await self._request.shutdown()

    async def _do(self, url: str, method: str, data: RequestData | None, read: float) -> tuple[int, bytes]:
        try:
            return await self._request.do_request(url, method, data, read_timeout=read)
        except TelegramError as error:
            # Without a connection nothing was asked yet: that is no failed attempt of the message, only a wait.
            unreached = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            reason = self._without_token(f"{type(error).__name__}: {error}")
            raise NotSaid(0, reason, UNREACHED_SECONDS if unreached else None) from None

    def _refusal(self, code: int, answer: dict[str, Any]) -> NotSaid:
        given = answer.get("parameters")
        parameters = given if isinstance(given, dict) else {}
        retry_after, moved_to = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
        description = self._without_token(str(answer.get("description") or "no description"))
        # A description of something else at 200 is a proxy's page: treated like a server that is down.
        return NotSaid(
            0 if code == 200 else code,
            description,
            retry_after if isinstance(retry_after, int | float) else None,
            moved_to if isinstance(moved_to, int) else None,
        )

    def _without_token(self, text: str) -> str:
        return text.replace(self._token, "…")


def _data(params: dict[str, Any], files: Files | None) -> RequestData:
    fields = [RequestParameter(name, value, None) for name, value in params.items()]
    for name, upload in (files or {}).items():
        fields.append(RequestParameter(name, None, [InputFile(upload.content, filename=upload.name)]))
    return RequestData(fields)


def _answer(body: bytes) -> dict[str, Any]:
    try:
        answer = loads_anything(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
