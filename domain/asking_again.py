"""One home in ten is asked again, by another member of the group than the one who collected it.

The draw. Each interviewer's homes in a village's poll are counted in tens as they come in; in every ten the program's
secret picks one place, from 1 to 10. The home that comes to stand there is asked again. So it is one in ten for
everybody, nobody can know or choose which, and who holds the secret can compute it again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

ONE_IN = 10
OF_A_FLAG, AT_LEAST = 10, 2  # of homes that were set aside: one in ten, two at least
BACK_AFTER_DAYS = 7  # a task that somebody took and left lying is offered again


class Result(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    NOBODY = "nobody"  # nobody remembers a visit, or nobody lives there


def place(secret: bytes, poll_id: int, village_id: int, interviewer: int, ten: int) -> int:
    """Which of this ten (0, 1, …) of an interviewer's homes is asked again: 0..9."""
    message = f"ask again:{poll_id}:{village_id}:{interviewer}:{ten}".encode()
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest()[:8]) % ONE_IN


def drawn(secret: bytes, poll_id: int, village_id: int, interviewer: int, homes: Sequence[T]) -> list[T]:
    """Of an interviewer's homes, in the order in which they came in."""
    return [
        home
        for number, home in enumerate(homes)
        if number % ONE_IN == place(secret, poll_id, village_id, interviewer, number // ONE_IN)
    ]


def result(visited: bool, first_kind: str | None, told: Sequence[str]) -> Result:
    """`told`: the kinds that were written down; `first_kind`: what they say now that they named first."""
    if not visited:
        return Result.NOBODY
    return Result.AGREES if first_kind in told else Result.DIFFERS
