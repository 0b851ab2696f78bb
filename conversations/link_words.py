"""What is said when two phones were joined or parted: to the one that asked, and to the one that must notice it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conversations import tap
from conversations.message import Button, Outgoing
from conversations.role_words import title
from domain.people import Role
from locales import _
from publish import channel_words

JOINED, PARTED = "joined", "parted"  # as storage/joining.py and storage/parting.py tell it
OTHER_PHONE = "other_phone"  # the conversation that parts them again


def about(raw: dict[str, Any]) -> bool:
    return JOINED in raw or PARTED in raw


def warns(raw: dict[str, Any]) -> bool:
    """Whether this is told to the phone that showed the code: how a stolen one is noticed."""
    return bool(raw.get(JOINED)) and raw[JOINED]["as"] == "showed"


def warning(raw: dict[str, Any]) -> Outgoing:
    text = _(
        "Your {channel} is with us now too: I know you there and here as one person. If that was not you, press the "
        "button, and I part the two again."
    ).format(channel=channels(raw[JOINED]["others"]))
    button = Button(_("It was not me"), tap.data(tap.SYSTEM, "start", OTHER_PHONE))
    return Outgoing(text, ((button,),))


def done(raw: dict[str, Any]) -> str:
    if PARTED in raw:
        return _("The two phones are apart again, each with what it had before.")
    if raw[JOINED] is None:
        return _("I could not put the two phones together: the other one is not with us any more.")
    return _(
        "Done! Here and on your {channel} you are one person now: what you began there goes on here, and every answer "
        "counts once."
    ).format(channel=channels(raw[JOINED]["others"]))


def channels(kinds: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(map(channel_words.channel, kinds)))


def roles(held: Sequence[dict[str, Any]]) -> str:
    """leader (Valley group), official (head of the infrastructure service)"""
    return ", ".join(_role(each) for each in held)


def _role(held: dict[str, Any]) -> str:
    where = held["group"] or held["office"]
    return title(Role(held["role"])) + (f" ({where})" if where else "")
