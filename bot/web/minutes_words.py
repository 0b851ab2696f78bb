"""The words of a page with minutes for somebody without a chat, in the language in use."""

from __future__ import annotations

from locales import _


def minutes_words() -> dict[str, str]:
    return {
        "first": _("Minutes of the round table"),
        "languages": _("Language"),
        "for": _("For: {who}"),
        "code": _("Number to verify"),
        "files": _("The minutes, to read and to print"),
        "ask": _("Please say that you have them."),
        "name": _("Name and surname"),
        "office": _("Office"),
        "receive": _("I have received them"),
        "received": _("It is written down that you have them. Thank you."),
    }
