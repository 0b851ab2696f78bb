"""One call to Viber: kept connections, time-outs, typed errors, the token in no message.

viberbot's own sender opens a connection for each message, waits for ever, and logs the token.
"""

from __future__ import annotations

from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from bot.channels.port import Again, Gone, Outcome, Refused
from storage.jsontext import dumps, loads_anything

ADDRESS = "https://chatapi.viber.com"
PATH = "/pa"
TOKEN_HEADER = "X-Viber-Auth-Token"  # noqa: S105 the header's name
SECONDS, CONNECT_SECONDS = 15.0, 5.0
FETCH_SECONDS = 40.0
UNREACHED_SECONDS = 10.0
LARGEST_ANSWER = 1_000_000

# https://developers.viber.com/docs/api/rest-bot-api/#error-codes
BAD_TOKEN, NOT_REGISTERED, NOT_SUBSCRIBED, TOO_MANY = 2, 5, 6, 12
CANNOT_BROADCAST, MAY_NOT_BROADCAST = 19, 20
OURS = {1, BAD_TOKEN, 7, 8, 9, 10, 15}  # the account, its token or its webhook: no fault of the message
NEVER = {3, 4, 11, 13, 14, 16, 17, 18, 21, 22}
OURS_SECONDS, TOO_MANY_SECONDS = 60.0, 60.0


class NotSaid(Exception):
    """Viber did not do what we asked: `status` is its own code, or None; `http` is 0 where no answer came at all."""

    def __init__(
        self, reason: str, *, status: int | None = None, http: int = 0, retry_after: float | None = None
    ) -> None:
        super().__init__(reason if status is None else f"{status} {reason}")
        self.status, self.http, self.retry_after = status, http, retry_after


class TooLarge(ValueError):
    def __init__(self, limit: int) -> None:
        super().__init__(f"The file is larger than {limit} bytes.")


class Lost(ValueError):
    """The file is no longer where Viber said it was."""


class Api:
    """`base` is Viber's address or that of a local server; `connections` bounds how many calls run at once."""

    def __init__(self, token: str, base: str = ADDRESS, *, connections: int = 40) -> None:
        base = base.rstrip("/")
        self._token, self._connections = token, connections
        self._base = base if base.endswith(PATH) else base + PATH
        self._session: ClientSession | None = None

    async def call(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with self._open().post(f"{self._base}/{method}", data=dumps(body).encode()) as response:
                return self._answer(response, await response.content.read(LARGEST_ANSWER))
        except (ClientError, TimeoutError, OSError) as error:
            raise self._unreached(error) from None

    async def download(self, url: str, limit: int) -> bytes:
        """From wherever Viber keeps what people send; the token does not go there."""
        timeout = ClientTimeout(total=FETCH_SECONDS, connect=CONNECT_SECONDS)
        try:
            async with ClientSession(timeout=timeout) as session, session.get(url, max_redirects=3) as response:
                return await _taken(response, limit)
        except (ClientError, TimeoutError, OSError) as error:
            raise self._unreached(error) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> ClientSession:
        """Made at the first call: a session belongs to the loop it runs on."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections, keepalive_timeout=60),
                headers={TOKEN_HEADER: self._token, "Content-Type": "application/json"},
                timeout=ClientTimeout(total=SECONDS, connect=CONNECT_SECONDS),
            )
        return self._session

    def _answer(self, response: ClientResponse, body: bytes) -> dict[str, Any]:
        answer = _read(body)
        status = answer.get("status")
        code = status if isinstance(status, int) and not isinstance(status, bool) else None
        if response.status == 200 and code == 0:
            return answer
        reason = self._without_token(str(answer.get("status_message") or "no status"))
        # Something else than an answer of Viber's at 200 is a proxy's page: treated like a server that is down.
        http = 0 if response.status == 200 else response.status
        raise NotSaid(reason, status=code, http=http, retry_after=_seconds(response))

    def _unreached(self, error: Exception) -> NotSaid:
        """Without a connection nothing was asked yet: that is no failed attempt of the message, only a wait."""
        unreached = isinstance(error, ClientConnectorError)
        return NotSaid(type(error).__name__, retry_after=UNREACHED_SECONDS if unreached else None)

    def _without_token(self, text: str) -> str:
        return text.replace(self._token, "…")[:200]


def outcome(error: NotSaid) -> Outcome:
    if error.status is not None and error.status > 0:
        return _of_status(error.status, str(error))
    if error.retry_after is not None:
        return Again(str(error), error.retry_after)
    if error.http in {401, 403, 404}:
        return Again(str(error), OURS_SECONDS)
    if 400 <= error.http < 500 and error.http not in {408, 409, 429}:
        return Refused(str(error))
    return Again(str(error))


def _of_status(status: int, reason: str) -> Outcome:
    if status in {NOT_REGISTERED, NOT_SUBSCRIBED}:
        return Gone(reason)
    if status == TOO_MANY:
        return Again(reason, TOO_MANY_SECONDS)
    if status in OURS:
        return Again(reason, OURS_SECONDS)
    return Refused(reason) if status in NEVER else Again(reason)  # no money, or a code that we do not know


async def _taken(response: ClientResponse, limit: int) -> bytes:
    if response.status in {400, 401, 403, 404, 410}:
        raise Lost
    if response.status != 200:
        raise NotSaid("the file did not come", http=response.status)
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > limit:
            raise TooLarge(limit)
    return bytes(content)


def _read(body: bytes) -> dict[str, Any]:
    try:
        answer = loads_anything(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _seconds(response: ClientResponse) -> float | None:
    given = response.headers.get("Retry-After", "")
    return min(float(given), 3600.0) if given.isdecimal() else None
