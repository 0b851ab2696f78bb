"""Puts the pages together and gives every answer its security headers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.amend_page import AmendPage
from bot.web.board_page import BoardPage
from bot.web.budget_page import BudgetPage
from bot.web.chat import Chat
from bot.web.committee_page import CommitteePage
from bot.web.demo import DemoPages
from bot.web.health import Health
from bot.web.invitation_page import InvitationPage
from bot.web.minutes_page import MinutesPage
from bot.web.refusals import Refusal, answer_refusal
from bot.web.site import HERE, Site
from bot.web.summary_page import SummaryPage
from bot.web.verify_page import VerifyPage
from bot.web.village_page import VillagePage
from bot.web.workspace import Workspace

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; "
        "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # an address may carry an invitation
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def build(site: Site, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """`routes` are the webhooks of the channels that have one."""
    pages: list[BaseRoute] = [
        *Chat(site).routes(),
        *(DemoPages(site, site.demo).routes() if site.demo else ()),
        *Workspace(site).routes(),
        *VillagePage(site).routes(),
        *VerifyPage(site).routes(),
        *MinutesPage(site).routes(),
        *BudgetPage(site).routes(),
        *BoardPage(site).routes(),
        *SummaryPage(site).routes(),
        *InvitationPage(site).routes(),
        *AmendPage(site).routes(),
        *CommitteePage(site).routes(),
        Route("/health", Health(site).show),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        *routes,
    ]
    made = Starlette(
        routes=pages,
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
        exception_handlers={Refusal: answer_refusal, HTTPException: _answer_http, Exception: _answer_broken},
    )
    made.state.pages = site.pages
    return made


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


async def _answer_http(request: Request, error: Exception) -> Response:
    """Paths that are not ours, methods that are not allowed: typed, like every refusal."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return await answer_refusal(request, Refusal(status, "unknown"))


async def _answer_broken(request: Request, _error: Exception) -> Response:
    """Our own mistake: uvicorn logs it, the person reads a sentence."""
    return await answer_refusal(request, Refusal(500, "broken"))
