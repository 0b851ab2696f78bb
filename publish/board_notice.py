"""A sheet for the village's notice board: how the promises to it stand, and the way to the page that stays current."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locales import _, current
from publish import paper, qr
from publish.board_card import cut

MOST = 6  # promises: the rest is behind the QR
LONGEST, LONGEST_WHY = 110, 150  # letters of a promise, and of why it stands so


def data(page: Mapping[str, Any], link: str, printed: str) -> dict[str, Any]:
    """`page` is the village's page of the board, with no wish for some of its promises."""
    shown = [_promise(one) for one in page["promises"][:MOST]]
    more = page["many"] - len(shown)
    return {
        "lang": current(),
        "title": page["title"],
        "above": _("Promises to the villages"),
        "lead": page["lead"],
        "parts": [{"lot": one["lot"], "many": one["many"], "name": one["name"]} for one in page["tally"]],
        "promises": shown,
        "assembly": _assembly(page.get("assembly")),
        "more": _("And {count} more, on the page.").format(count=more) if more else "",
        "scan": _("How does it stand today? Point your phone's camera here, or type:"),
        "link": link.removeprefix("https://").removeprefix("http://"),
        "say": _("Do you see it otherwise? Tell the self-help group, or say so in the chat."),
        "printed": _("As it stood on {day}.").format(day=printed),
    }


def _assembly(held: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The coming one: who reads the sheet can still go there."""
    return {key: str(held[key]) for key in ("title", "when", "place")} if held and held["ahead"] else None


def _promise(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "words": cut(one["words"], LONGEST),
        "status": one["status"],
        "why": cut(one["why"], LONGEST_WHY),
        "office": one["office"],
        "lot": one["lot"],
    }


def pdf(shown: Mapping[str, Any], link: str) -> bytes:
    return paper.pdf("board_notice", shown, images={"qr.svg": qr.svg(link)})
