"""The words of a page with the budgeting table for somebody without a chat, in the language in use."""

from __future__ import annotations

from locales import _


def budget_words() -> dict[str, str]:
    return {
        "first": _("The budget for women and men"),
        "languages": _("Language"),
        "for": _("For: {who}"),
        "about": _(
            "Self-help groups of the villages looked for the money of what was promised, and say whom each promise "
            "helps. The table counts promises, never people."
        ),
        "files": _("The table, to read and to work with"),
        "earlier": _("Sent before"),
        "nothing": _("Nothing has been sent to you yet. This address stays the same; please come again."),
        "ask": _("Please say that you have it."),
        "name": _("Name and surname"),
        "office": _("Office"),
        "receive": _("I have received it"),
        "received": _("It is written down that you have it. Thank you."),
    }
