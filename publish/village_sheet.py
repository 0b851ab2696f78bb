"""A sheet for the wall of the shop: how everybody in the village comes in, with or without a camera."""

from __future__ import annotations

from dataclasses import dataclass

from domain.links import Links
from locales import LANGUAGES, _, use
from publish import paper, qr
from storage.places import Village

FIRST = "ka"  # what most read; the second language stands beside it


@dataclass(frozen=True, slots=True)
class Sheet:
    """`contact` is what the coordinator wants printed; `second` a language, or None for Georgian alone."""

    village: Village
    payload: str
    contact: str | None = None
    second: str | None = "en"

    @property
    def languages(self) -> list[str]:
        return [FIRST, *([self.second] if self.second in LANGUAGES and self.second != FIRST else [])]


def pdf(sheet: Sheet, links: Links) -> bytes:
    """A4, black on white but for a little colour, since it comes from the coordinator's own printer."""
    ways = _ways(sheet, links)
    images = {f"qr-{number}.svg": qr.svg(link) for number, (_names, link) in enumerate(ways)}
    data = {
        "lang": FIRST,
        "words": [_words(sheet, language) for language in sheet.languages],
        "ways": [
            {"names": names, "link": _plain(link), "qr": f"qr-{number}.svg"}
            for number, (names, link) in enumerate(ways)
        ],
        "typed": _plain(links.web(sheet.payload) or ways[0][1]),
        "contact": sheet.contact,
    }
    return paper.pdf("village_sheet", data, images=images)


def _ways(sheet: Sheet, links: Links) -> list[tuple[list[str], str]]:
    """What each link opens, in every language of the sheet; the one most people have first."""
    found: list[tuple[list[str], str]] = []
    for name, link in (
        ("telegram", links.telegram(sheet.payload)),
        ("viber", links.viber(sheet.payload)),
        ("web", links.web(sheet.payload)),
    ):
        if link is not None:
            found.append(([_opens(name, language) for language in sheet.languages], link))
    return found


def _opens(name: str, language: str) -> str:
    with use(language):
        return {"telegram": "Telegram", "viber": "Viber", "web": _("In the browser, without any app")}[name]


def _plain(link: str) -> str:
    """As somebody types it."""
    return link.removeprefix("https://").removeprefix("http://")


def _words(sheet: Sheet, language: str) -> dict[str, str]:
    village, community = sheet.village.place.named(language), sheet.village.community.named(language)
    with use(language):
        return {
            "village": _("Village {village}").format(village=village),
            "ask": _("What does your village need most?"),
            "say": _("Tell it from your phone: your voice goes to the round table."),
            "scan": _("Point your phone's camera here"),
            "also": _("Or so:"),
            "type": _("No camera? Type this into the browser:"),
            "behind": _("Behind it stand the self-help group of {community} and its coordinators.").format(
                community=community
            ),
            "contact": _("Questions? Ask:"),
            "privacy": _(
                "Nobody asks for your name or number. What you write is read by the group and the coordinator first."
            ),
        }
