"""The picture that Facebook and Viber show under a village's link: 1200 by 630, read at the size of a stamp."""

from __future__ import annotations

from locales import _
from publish import paper, year_ring


def png(village: str | None) -> bytes:
    """Of one village, or of Mrgvali itself; in the language in use."""
    data = {
        "village": title(village),
        "ask": ask(),
        "name": _("Mrgvali"),
        "say": _("Your voice goes to the round table."),
    }
    return paper.png("village_card", data, images={"sign.svg": year_ring.sign().encode()}, ppi=72)


def title(village: str | None) -> str:
    return _("Village {village}").format(village=village) if village else _("Mrgvali: the village's voice")


def ask() -> str:
    return _("What does your village need most?")


def description() -> str:
    """Under the title, in small letters."""
    return _("Tell it in Mrgvali: in a chat, in a few minutes, without your name.")
