"""The Viber channel: sends messages one by one or to three hundred at once, and fetches files."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import urlsplit

from bot.channels.port import Ack, Again, Envelope, Gone, Outcome, Partly, Raw, Refused, Sent, Target
from bot.channels.viber_api import CANNOT_BROADCAST, MAY_NOT_BROADCAST, Api, Lost, NotSaid, outcome
from bot.channels.viber_message import LARGEST_FILE, Body, Linked, bodies
from bot.channels.viber_parse import RECEIPTS, SUBSCRIBED, UNSUBSCRIBED, envelope, parse
from conversations.message import Incoming, Outgoing

NAME = "მრგვალი"  # what stands over our messages; 28 letters at most
RATE = 40.0  # requests a second; Viber speaks of 500 in ten seconds
RECEIVERS = 300
EVENTS = [*sorted(RECEIPTS), SUBSCRIBED, UNSUBSCRIBED, "conversation_started"]


class File(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def small(self) -> str: ...


class Links(Protocol):
    """Viber takes no files: it is told where they may be read."""

    async def of(self, media_id: str, *, picture: bool) -> File | None: ...


class Viber:
    """`uri` is our name in Viber's links, once we know it."""

    receivers = RECEIVERS

    def __init__(self, token: str, links: Links, *, api: Api, rate: float = RATE) -> None:
        self.name = "viber"
        self.rate = rate
        self.uri: str | None = None
        self.api = api
        self._token, self._links = token.encode(), links

    def signed(self, body: bytes, signature: str) -> bool:
        """As viberbot computes it, but compared in constant time."""
        expected = hmac.new(self._token, body, sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.lower().encode())

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw)

    def parse(self, raw: Raw) -> Incoming:
        return parse(raw)

    async def learn_name(self) -> None:
        """Links into Viber need our address there. Raises NotSaid."""
        account = await self.api.call("get_account_info", {})
        uri = account.get("uri")
        self.uri = uri if isinstance(uri, str) and uri else None

    async def receive_at(self, url: str) -> None:
        """We want nobody's name and no photo of theirs. Raises NotSaid."""
        wanted = {"url": url, "event_types": EVENTS, "send_name": False, "send_photo": False}
        await self.api.call("set_webhook", wanted)

    async def send(self, target: Target, message: Outgoing) -> Outcome:
        """Nothing on Viber can be edited: what names an earlier message becomes a new one."""
        try:
            parts = await self._bodies(message)
            number = min(target.parts + 1, len(parts))  # a file that was erased meanwhile makes them fewer
            answer = await self.api.call("send_message", _from_us({**parts[number - 1], "receiver": target.external}))
        except NotSaid as error:
            return outcome(error)
        except OSError as error:  # the folder of files is away
            return Again(type(error).__name__)
        return Sent(_token(answer)) if number == len(parts) else Partly(number)

    async def broadcast(self, targets: Sequence[Target], message: Outgoing) -> list[Outcome] | None:
        """One request for all of them, an outcome for each; None where this must go to one after the other."""
        try:
            parts = await self._bodies(message)
            if len(parts) > 1:
                return None
            receivers = [target.external for target in targets]
            answer = await self.api.call("broadcast_message", _from_us({**parts[0], "broadcast_list": receivers}))
        except NotSaid as error:
            if error.status in {CANNOT_BROADCAST, MAY_NOT_BROADCAST}:
                return None
            made = outcome(error)
            # Whether one person has left is not said of three hundred at once.
            return [Refused(made.reason) if isinstance(made, Gone) else made] * len(targets)
        except OSError as error:
            return [Again(type(error).__name__)] * len(targets)
        failed = _failed(answer)
        return [failed.get(target.external, Sent(_token(answer))) for target in targets]

    async def welcome(self, message: Outgoing) -> tuple[Body, bool]:
        """What answers somebody who opened the chat, and whether that was all of the message."""
        parts = await self._bodies(message)
        return _from_us(parts[0]), len(parts) == 1

    async def acknowledge(self, ack: Ack) -> None:
        """A button on Viber has no spinner."""

    async def fetch(self, ref: str, limit: int) -> bytes:
        if urlsplit(ref).scheme not in {"http", "https"}:
            raise Lost
        return await self.api.download(ref, limit)

    async def close(self) -> None:
        await self.api.close()

    async def _bodies(self, message: Outgoing) -> list[Body]:
        # A question that is drawn anew has its picture above already: on a cheap phone it is not paid for twice.
        picture = await self._linked(message.photo if message.edits is None else None, picture=True)
        document = await self._linked(message.document or message.voice, picture=False)
        return bodies(message, picture, document)

    async def _linked(self, media_id: str | None, *, picture: bool) -> Linked | None:
        """None for a file that was erased since, or is larger than Viber takes: the words still go out."""
        file = await self._links.of(media_id, picture=picture) if media_id is not None else None
        if file is None or file.size > LARGEST_FILE:
            return None
        return Linked(file.url, file.size, file.name[-256:], file.small if picture else None)


def _from_us(body: Body) -> Body:
    return {**body, "sender": {"name": NAME}}


def _token(answer: dict[str, Any]) -> str | None:
    token = answer.get("message_token")
    return str(token) if token is not None else None


def _failed(answer: dict[str, Any]) -> dict[str, Outcome]:
    failed: dict[str, Outcome] = {}
    for each in answer.get("failed_list") or ():
        status, reason = each.get("status"), str(each.get("status_message"))
        failed[str(each.get("receiver"))] = outcome(NotSaid(reason, status=status if isinstance(status, int) else None))
    return failed
