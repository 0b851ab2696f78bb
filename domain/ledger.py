"""A ledger that anyone can verify: what was promised, said and found, each link holding the one before it.

Each promise has a chain of its own. A body holds what is public; what points at a person (who reported, a photo) goes
in only as a `seal`, whose salt and value are kept beside and can be erased: the chain stays valid and tells nothing.
A chain alone would not show that its end was cut off or that it is gone, so each municipality has a head a day over
the last hashes of all its chains, signed, and holding the head before it.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Link:
    """`number` counts from 1 in its chain."""

    number: int
    previous: str
    body: Body
    hash: str


class Wrong(StrEnum):
    NUMBER = "number"
    PREVIOUS = "previous"
    BODY = "body"


@dataclass(frozen=True)
class Fault:
    """The first place where the chain does not hold, and what does not fit there."""

    number: int
    wrong: Wrong


def canonical(body: Body) -> bytes:
    """One spelling for one meaning, in any language: sorted keys, no spaces, UTF-8, and no floats, which print as
    each program likes."""
    _refuse_floats(body)
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} has no one spelling; write it as a text")
    if isinstance(value, Mapping):
        if strange := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{strange[0]!r} is no key of JSON")
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            _refuse_floats(one)


def genesis(chain: str) -> str:
    """What the first link holds, so that no link can be moved to another promise's chain."""
    return hashlib.sha256(f"mrgvali {chain}".encode()).hexdigest()


def link_hash(previous: str, body: Body) -> str:
    return hashlib.sha256(previous.encode() + canonical(body)).hexdigest()


def append(chain: str, last: Link | None, body: Body) -> Link:
    number, previous = (last.number + 1, last.hash) if last else (1, genesis(chain))
    return Link(number, previous, body, link_hash(previous, body))


def verify(chain: str, links: Sequence[Link]) -> Fault | None:
    previous = genesis(chain)
    for number, link in enumerate(links, start=1):
        if link.number != number:
            return Fault(number, Wrong.NUMBER)
        if link.previous != previous:
            return Fault(number, Wrong.PREVIOUS)
        if link.hash != link_hash(previous, link.body):
            return Fault(number, Wrong.BODY)
        previous = link.hash
    return None


def seal(value: str, salt: bytes) -> str:
    """A salted digest for a body; at least 16 random bytes, one salt for one value, or a short list of people could
    be tried one by one."""
    if len(salt) < 16:
        raise ValueError("a salt of less than 16 bytes can be guessed")
    return hmac.new(salt, value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Head:
    """The state of all chains of a municipality at the end of a day: chain → its last hash."""

    municipality: str
    day: date
    chains: Mapping[str, str]
    previous: str
    hash: str
    signature: str


def head(secret: bytes, municipality: str, day: date, chains: Mapping[str, str], previous: str = "") -> Head:
    digest = head_hash(municipality, day, chains, previous)
    return Head(municipality, day, dict(chains), previous, digest, _sign(secret, digest))


def head_holds(secret: bytes, head: Head) -> bool:
    digest = head_hash(head.municipality, head.day, head.chains, head.previous)
    return hmac.compare_digest(digest, head.hash) and hmac.compare_digest(_sign(secret, digest), head.signature)


def missing(head: Head, hashes: Mapping[str, Collection[str]]) -> list[str]:
    """The chains that no longer hold what they held when the head was made: cut short, or gone. `hashes` by chain."""
    return [chain for chain, last in sorted(head.chains.items()) if last not in hashes.get(chain, ())]


def head_hash(municipality: str, day: date, chains: Mapping[str, str], previous: str) -> str:
    body = {"municipality": municipality, "day": day.isoformat(), "chains": dict(chains)}
    return link_hash(previous, body)


def _sign(secret: bytes, digest: str) -> str:
    # A key of its own: the program's secret signs other things too, and none of them may pass for a head.
    key = hmac.new(secret, b"mrgvali ledger head", hashlib.sha256).digest()
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()
