"""Whoever sends many messages at once is answered once: the same screen again and again is only noise on their phone.

What they sent is kept and played, every one; only answers that repeat the one before them are not sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from conversations.contact import Address
from conversations.message import Outgoing

Numbered = tuple[int, Outgoing, Address]


def without_repeats(outgoing: Sequence[Numbered]) -> list[Numbered]:
    """Of neighbours that say the same, the last: its number is the one that buttons and edits go by."""
    kept: list[Numbered] = []
    for seq, message, address in outgoing:
        if kept and kept[-1][2] == address and _repeats(kept[-1], message):
            _seq, before, _address = kept.pop()
            message.closes, message.answered = before.closes, before.answered
        kept.append((seq, message, address))
    return kept


def _repeats(before: Numbered, message: Outgoing) -> bool:
    seq, earlier, _address = before
    said = (earlier.text, earlier.rows, earlier.photo, earlier.document, earlier.edits, earlier.page)
    again = (message.text, message.rows, message.photo, message.document, message.edits, message.page)
    follows = message.closes == seq if earlier.rows and message.closes is not None else message.closes is None
    return said == again and earlier.edits is None and message.answered is None and follows
