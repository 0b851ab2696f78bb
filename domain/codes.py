"""Short codes that are shown in one place and typed in another: digits only, since not everybody here reads Latin.

A code is a small secret. It is kept as a hash, it expires or is used once, and guessing is bounded by `TRIES`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta

TRIES, PER = 5, timedelta(hours=1)  # wrong codes that one person may type
GROUP = 3
LONGEST = 60  # characters of a code, however it is spaced
OF_A_HOUSEHOLD = 10  # digits of the code on a slip: where a thousand are out, one try in ten million hits


def new(digits: int) -> str:
    """Random digits, as they are kept and compared: without spaces."""
    return "".join(str(secrets.randbelow(10)) for _digit in range(digits))


def shown(code: str) -> str:
    """As people read it: "482 719 3650"; a last single digit joins the group before it."""
    groups = [code[at : at + GROUP] for at in range(0, len(code), GROUP)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return " ".join(groups)


def read(typed: str) -> str | None:
    """The digits of what was typed, however they were spaced; None where it holds anything else."""
    if len(typed) > LONGEST:  # else putting tens of thousands of accents in order takes seconds
        return None
    plain = re.sub(r"[\s.\-–—]", "", unicodedata.normalize("NFKC", typed))
    return plain if plain.isascii() and plain.isdigit() else None


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
