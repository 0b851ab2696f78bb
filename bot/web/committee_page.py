"""/committee/TOKEN: somebody of a grant committee, without an account, sees needs and evidence, and decides."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.committee_words import committee_words
from bot.web.personal_page import HEADERS, form_of, token_of
from bot.web.refusals import Refusal, check_origin
from bot.web.session import choices, spoken
from bot.web.site import AWAY, Site
from conversations import refusals
from domain import codes
from domain.grants import DECISIONS, REASON, Party, Stage, Step
from domain.refusal import Refused
from domain.typed.text import clean
from publish import grant_words, money_words
from publish.day_words import day
from storage import grant_applications, grant_committee, grant_links, grants, sent_files
from storage.grant_links import Link
from storage.grant_needs import Surveyed
from storage.grants import Call

MOST_BYTES = 16 * 1024
MOST_PAGES = 10_000
Act = Callable[[AsyncConnection, "Visit", dict[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Visit:
    link: Link
    call: Call


class CommitteePage:
    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        here = "/committee/{token:str}"
        return [
            Route(here, self.show, methods=["GET"]),
            Route(f"{here}/rule", self.rule, methods=["POST"]),
            Route(f"{here}/decision", self.decision, methods=["POST"]),
            Route(f"{here}/annex/{{code:str}}/{{name:str}}", self.annex, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        return await self._page(request, await self._read(request))

    async def rule(self, request: Request) -> Response:
        return await self._act(request, self._rule)

    async def decision(self, request: Request) -> Response:
        return await self._act(request, self._decide)

    async def annex(self, request: Request) -> Response:
        """A file of the newest annex of what was sent in for this call."""
        visit = await self._read(request)
        code, wanted = str(request.path_params["code"]), str(request.path_params["name"])
        try:
            async with self._site.read.connect() as db:
                found = [each.annex for each in await grant_committee.sent(db, call=visit.call) if each.annex]
                ids = [each for paper in found if paper.code == code for each in paper.files.values()]
                named = await sent_files.named(db, media_ids=ids)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        path = self._site.media / named[wanted] if wanted in named else None
        if path is None or not path.is_file():
            raise Refusal(404, "unknown")
        return FileResponse(path, filename=wanted, headers=HEADERS)

    async def _page(
        self, request: Request, visit: Visit, refused: str = "", form: dict[str, str] | None = None
    ) -> Response:
        """What was typed into a refused `form` stays on the page."""
        page = min(max(_number(request.query_params.get("page")) or 1, 1), MOST_PAGES)
        try:
            async with self._site.read.connect() as db:
                sent = await grant_committee.sent(db, call=visit.call)
                found = await grant_committee.waiting(db, call=visit.call, page=page, today=self._today())
                files = {each.id: await _files(db, each) for each in sent}
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        lang = spoken(request)
        with locales.use(lang):
            html = self._site.pages.get_template("committee.html").render(
                lang=lang,
                languages=choices(),
                path=f"/committee/{request.path_params['token']}",
                words=committee_words(),
                title=grant_words.title(visit.call),
                who=visit.link.name,
                call=visit.call,
                open=visit.call.terms.takes(self._today()),
                decided=any(step.stage in DECISIONS for each in sent for step in each.steps),
                sent=sent,
                files=files,
                villages=_by_village(found[0]),
                pages=found[1],
                page=page,
                say=grant_words,
                lari=money_words.lari,
                day=day,
                shown=codes.shown,
                decisions=DECISIONS,
                today=self._today().isoformat(),
                refused=refused,
                form=form or {},
            )
        return HTMLResponse(html, 409 if refused else 200, HEADERS)

    async def _act(self, request: Request, act: Act) -> Response:
        check_origin(request, self._site.public_url)
        visit = await self._read(request)
        form = await form_of(request, MOST_BYTES)
        try:
            async with self._site.write.begin() as db:
                await act(db, visit, form)
        except Refused as why:
            with locales.use(spoken(request)):
                said = refusals.words(why)
            return await self._page(request, visit, said, form)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        return RedirectResponse(f"/committee/{request.path_params['token']}?lang={spoken(request)}", 303, HEADERS)

    async def _rule(self, db: AsyncConnection, visit: Visit, form: dict[str, str]) -> None:
        points = _number(form.get("points"))
        where = {"call_id": visit.call.id, "points": -1 if points is None else points, "link_id": visit.link.id}
        await grants.set_rule(db, **where, now=self._site.clock.now(), today=self._today())

    async def _decide(self, db: AsyncConnection, visit: Visit, form: dict[str, str]) -> None:
        stage = _stage(form.get("decision"))
        amount = _number(form.get("amount")) if stage is Stage.GRANTED else None
        step = Step(stage, Party.COMMITTEE, _day(form.get("day")), amount, _reason(form.get("reason", "")))
        which: dict[str, Any] = {"application_id": _number(form.get("application")) or 0, "step": step}
        now = self._site.clock.now()
        await grant_applications.decide(db, **which, link=visit.link, now=now, today=self._today())

    async def _read(self, request: Request) -> Visit:
        token = token_of(request, self._site)
        try:
            async with self._site.read.connect() as db:
                link = await grant_links.opened(db, token=token, now=self._site.clock.now())
                call = await grants.call(db, call_id=link.call_id) if link else None
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if link is None or call is None:
            raise Refusal(404, "unknown")
        return Visit(link, call)

    def _today(self) -> date:
        return self._site.clock.now().astimezone(ZoneInfo(self._site.timezone)).date()


async def _files(db: AsyncConnection, sent: grant_committee.Sent) -> list[str]:
    ids = sent.annex.files.values() if sent.annex else ()
    return sorted(await sent_files.named(db, media_ids=ids))


def _by_village(found: Sequence[Surveyed]) -> list[tuple[Any, list[Surveyed]]]:
    return [(key, list(each)) for key, each in groupby(found, lambda one: one.village)]


def _stage(value: str | None) -> Stage:
    if value not in DECISIONS:
        raise Refused("entry_wrong", field="decision")
    return Stage(value)


def _day(value: str | None) -> date:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        raise Refused("entry_wrong", field="day") from None


def _reason(value: str) -> str:
    try:
        return clean(value, longest=REASON)
    except Refused:
        raise Refused("entry_wrong", field="reason") from None


def _number(value: str | None) -> int | None:
    """A whole number as people write it, with spaces; None for anything else, which the rules then refuse."""
    digits = "".join((value or "").split())
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None
