"""What was asked of the board in an address, and the addresses that go on from there, without a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request

from bot.web.cards import LONGEST_CODE
from bot.web.refusals import Refusal
from bot.web.session import spoken
from bot.web.site import Site
from domain.links import LARGEST_ID, Links
from domain.needs import Kind
from domain.tally import Lot
from storage.board import CANDIDATES, Wanted

LONGEST = 100  # letters of what is looked for, and of an office


@dataclass(frozen=True, slots=True)
class Asked:
    request: Request
    spoken: str
    now: datetime
    zone: ZoneInfo
    wanted: Wanted
    page: int
    base: str  # the public address of everything, or nothing
    links: Links

    @classmethod
    def of(cls, request: Request, site: Site) -> Asked:
        asked, links, zone = request.query_params, site.links(), ZoneInfo(site.timezone)
        standing = asked.get("status", "")
        wanted = Wanted(
            words=" ".join(asked.get("q", "").split())[:LONGEST],
            kind=asked.get("kind", "") if asked.get("kind", "") in set(Kind) else "",
            office=asked.get("office", "").strip()[:LONGEST],
            standing=standing if standing in {*Lot, CANDIDATES} else "",
        )
        base = (links.public_url or "").rstrip("/")
        page = _page(asked.get("page", ""))
        return cls(request, spoken(request), site.clock.now(), zone, wanted, page, base, links)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def path(self) -> str:
        """Of the page, whatever form of it was asked for."""
        return quote(self.request.url.path.removesuffix(".json").removesuffix(".atom").removesuffix(".png"))

    @property
    def absolute(self) -> str:
        """The beginning of an address for who reads it elsewhere."""
        return self.base or str(self.request.base_url).rstrip("/")

    def doors(self, payload: str) -> dict[str, str]:
        """By which chats one may begin with this; our own is always there."""
        known = {"telegram": self.links.telegram(payload), "viber": self.links.viber(payload)}
        return {name: link for name, link in known.items() if link} | {"web": f"/chat?start={quote(payload)}"}

    def whole(self) -> Asked:
        """The page as it is without any wish."""
        return replace(self, wanted=Wanted(), page=1)

    @property
    def code(self) -> str:
        code = str(self.request.path_params["code"])
        if len(code) > LONGEST_CODE:
            raise Refusal(404, "unknown")
        return code

    @property
    def number(self) -> int:
        number = int(self.request.path_params["id"])
        if number > LARGEST_ID:
            raise Refusal(404, "unknown")
        return number

    def at(self, path: str, **more: object) -> str:
        """Another page, in the language in use."""
        return f"{path}?{urlencode({'lang': self.spoken} | {name: value for name, value in more.items() if value})}"

    def here(self, **changed: object) -> str:
        """This page with all that was asked of it, but for what is changed; another wish begins on its first page."""
        w = self.wanted
        kept: dict[str, object] = {
            "lang": self.spoken,
            "q": w.words,
            "kind": w.kind,
            "office": w.office,
            "status": w.standing,
        }
        kept |= {"page": self.page if changed.keys() <= {"lang"} and self.page > 1 else ""} | changed
        return f"{self.path}?{urlencode({name: value for name, value in kept.items() if value})}"


def _page(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
