"""/workspace: for who holds a role, signed in by a link from the chat that opens once."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

import locales
from bot.web.forms_page import FORMS, FormsPage, calls_of
from bot.web.forms_words import forms_door_words
from bot.web.meeting_page import TABLE, MeetingPage
from bot.web.meeting_voice import MeetingVoice
from bot.web.meeting_words import meeting_door_words
from bot.web.refusals import Refusal, body_of, check_origin
from bot.web.session import TOKEN, cookie_name, ip, is_secure, language
from bot.web.site import AWAY, Site
from bot.web.sorting_page import Done, SortingPage, heaps_of
from bot.web.workspace_words import workspace_words
from conversations import refusals
from domain.people import token_hash
from domain.refusal import Refused
from storage import passes, people

COOKIE = "mrgvali_desk"
# Where a link may lead: never to another site.
INSIDE = re.compile("/workspace/(?:meeting/[0-9]{1,12}|forms(?:/[0-9]{1,12})?)")
MOST_BYTES = 64 * 1024
# "no-referrer" would let a browser send its own forms with the origin "null", which we refuse.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who came in, and what proves that a form is of our own page."""

    person_id: int
    form_token: str
    language: str


class Workspace:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._sorting = SortingPage(site)
        self._meeting = MeetingPage(site)
        self._voice = MeetingVoice(site)
        self._forms = FormsPage(site)

    def routes(self) -> list[Route]:
        return [
            Route("/workspace", self.home),
            Route("/workspace/in", self.door, methods=["GET"]),
            Route("/workspace/in", self.enter, methods=["POST"]),
            Route("/workspace/out", self.leave, methods=["POST"]),
            Route("/workspace/meeting/{meeting:int}", self.table, methods=["GET"]),
            Route("/workspace/meeting/{meeting:int}/entries", self.enter_at_table, methods=["POST"]),
            Route("/workspace/meeting/{meeting:int}/screen", self.screen, methods=["GET"]),
            Route("/workspace/meeting/{meeting:int}/voices/{voice}", self.hear, methods=["GET"]),
            Route("/workspace/meeting/{meeting:int}/voices/{voice}", self.take_voice, methods=["POST"]),
            Route(FORMS, self.forms, methods=["GET"]),
            Route(FORMS + "/{call:int}", self.form, methods=["GET"]),
            Route(FORMS + "/{call:int}/{what}", self.download, methods=["GET"]),
            Route("/workspace/{poll:int}/{village:int}", self.show, methods=["GET"]),
            Route("/workspace/{poll:int}/{village:int}", self.act, methods=["POST"]),
        ]

    async def door(self, request: Request) -> Response:
        """Opening it starts nothing: previews of links open pages too."""
        return self._door(request, request.query_params.get("pass", ""))

    def _door(self, request: Request, token: str, said: str = "", status: int = 200) -> Response:
        spoken = language(request)
        to = request.query_params.get("to", "")
        to = to if INSIDE.fullmatch(to) else ""
        with locales.use(spoken):
            words = workspace_words() | _of_room(to or request.url.path)
        page = self._site.pages.get_template("workspace_door.html")
        html = page.render(words=words, lang=spoken, token=token if TOKEN.fullmatch(token) else "", said=said, to=to)
        return HTMLResponse(html, status, HEADERS)

    async def enter(self, request: Request) -> Response:
        form = await self._form(request)
        try:
            async with self._site.write.begin() as db:
                session = await passes.open_(db, token=form.get("pass", ""), now=self._site.clock.now())
        except Refused as refused:
            with locales.use(language(request)):
                said = refusals.words(refused)
            return self._door(request, "", said, 403)
        to = form.get("to", "")
        response = RedirectResponse(to if INSIDE.fullmatch(to) else "/workspace", 303, HEADERS)
        secure = is_secure(self._site, request)
        name = cookie_name(self._site, request, COOKIE)
        age = int(passes.VISIT_LASTS.total_seconds())
        # Lax, since the link in the chat is of another site: strict would not bring the cookie along with it.
        response.set_cookie(name, session, max_age=age, httponly=True, samesite="lax", secure=secure, path="/")
        return response

    async def leave(self, request: Request) -> Response:
        form = await self._form(request)
        visit = await self._visit(request)
        if visit is not None:
            _check_token(visit, form)
            async with self._site.write.begin() as db:
                await passes.leave(db, session=self._session(request))
        response = RedirectResponse("/workspace", 303, HEADERS)
        response.delete_cookie(
            cookie_name(self._site, request, COOKIE), path="/", secure=is_secure(self._site, request)
        )
        return response

    async def home(self, request: Request) -> Response:
        visit = await self._visit(request)
        if visit is None:
            return self._door(request, "")
        async with self._site.read.connect() as db:
            found = await heaps_of(db, visit.person_id)
            forms = bool(await calls_of(db, visit.person_id))
        if not found and forms:
            return RedirectResponse(FORMS, 303, HEADERS)
        if not found:
            with locales.use(visit.language):
                return self._door(request, "", workspace_words()["nothing"])
        return RedirectResponse(f"/workspace/{found[0].poll_id}/{found[0].village_id}", 303, HEADERS)

    async def show(self, request: Request) -> Response:
        visit = await self._visit(request)
        return self._door(request, "", status=401) if visit is None else await self._page(request, visit)

    async def act(self, request: Request) -> Response:
        form = await self._form(request)
        visit = await self._visit(request)
        if visit is None:
            return self._door(request, "", status=401)
        _check_token(visit, form)
        try:
            with locales.use(visit.language):
                done = await self._sorting.act(request, visit.person_id, form)
        except Refused as refused:
            with locales.use(visit.language):
                said = refusals.words(refused)
            return await self._page(request, visit, said, 409)
        asked = {"lang": visit.language} if "lang" in request.query_params else {}
        query = urlencode({**asked, "said": done.said})
        return RedirectResponse(f"{request.url.path}?{query}{done.place}", 303, HEADERS)

    async def table(self, request: Request) -> Response:
        """The live desk of a round table."""
        return await self._shown(request, self._meeting.page)

    async def screen(self, request: Request) -> Response:
        return await self._shown(request, self._meeting.screen)

    async def forms(self, request: Request) -> Response:
        return await self._shown(request, self._forms.list)

    async def form(self, request: Request) -> Response:
        self._take(request)  # it opens every answer
        return await self._shown(request, self._forms.page)

    async def download(self, request: Request) -> Response:
        self._take(request)
        visit = await self._visit(request)
        if visit is None:
            return self._door(request, "", status=401)
        with locales.use(visit.language):
            made = await self._forms.download(request, visit.person_id)
        return Response(made.content, 200, HEADERS | made.headers, made.mime)

    async def _shown(self, request: Request, page: Callable[[Request, int, str], Awaitable[str]]) -> Response:
        visit = await self._visit(request)
        if visit is None:
            return self._door(request, "", status=401)
        try:
            with locales.use(visit.language):
                return HTMLResponse(await page(request, visit.person_id, visit.form_token), 200, HEADERS)
        except Refused as refused:
            with locales.use(visit.language):
                return self._door(request, "", refusals.words(refused), 403)

    async def enter_at_table(self, request: Request) -> Response:
        """What a phone kept while it had no connection comes here together, in order."""
        body = await self._body(request)
        visit = await self._visit(request)
        if visit is None:
            raise Refusal(401, "unknown")
        _check_token(visit, {"token": request.headers.get("x-form-token", "")})
        with locales.use(visit.language):
            return JSONResponse(await self._meeting.enter(request, visit.person_id, body), 200, HEADERS)

    async def take_voice(self, request: Request) -> Response:
        check_origin(request, self._site.public_url)
        self._take(request)
        visit = await self._visit(request)
        if visit is None:
            raise Refusal(401, "unknown")
        _check_token(visit, {"token": request.headers.get("x-form-token", "")})
        return await self._voice.take(request, visit.person_id)

    async def hear(self, request: Request) -> Response:
        visit = await self._visit(request)
        if visit is None:
            raise Refusal(401, "unknown")
        return await self._voice.play(request, visit.person_id)

    async def _page(self, request: Request, visit: Visit, refused: str = "", status: int = 200) -> Response:
        done = Done(request.query_params.get("said", ""))
        with locales.use(visit.language):
            html = await self._sorting.page(request, visit.person_id, visit.form_token, refused, done)
        return HTMLResponse(html, status, HEADERS)

    async def _form(self, request: Request) -> dict[str, str]:
        body = await self._body(request)
        return {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}

    async def _body(self, request: Request) -> bytes:
        check_origin(request, self._site.public_url)
        self._take(request)
        return await body_of(request, MOST_BYTES)

    def _take(self, request: Request) -> None:
        seconds = self._site.limits.by_ip.take(ip(request))
        if seconds:
            raise Refusal(429, "too_fast", after=seconds)

    def _session(self, request: Request) -> str:
        return request.cookies.get(cookie_name(self._site, request, COOKIE), "")

    async def _visit(self, request: Request) -> Visit | None:
        session = self._session(request)
        if not TOKEN.fullmatch(session):
            return None
        try:
            async with self._site.read.connect() as db:
                person_id = await passes.visitor(db, session=session, now=self._site.clock.now())
                spoken = None if person_id is None else await people.language(db, person_id=person_id)
        except AWAY:
            raise Refusal(503, "later", after=5) from None
        if person_id is None:
            return None
        asked = "lang" in request.query_params or spoken not in locales.LANGUAGES
        return Visit(person_id, _form_token(session), language(request) if asked else str(spoken))


def _of_room(path: str) -> dict[str, str]:
    """What the door says of where it leads."""
    if path.startswith(FORMS):
        return forms_door_words()
    return meeting_door_words() if path.startswith(TABLE) else {}


def _form_token(session: str) -> str:
    return token_hash(f"form:{session}")


def _check_token(visit: Visit, form: dict[str, str]) -> None:
    if not hmac.compare_digest(visit.form_token, form.get("token", "")):
        raise Refusal(403, "origin")
