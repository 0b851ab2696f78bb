"""Who speaks: the cookie of a visitor, or the name of a demo phone; and in which language the page itself speaks."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

import locales
from bot.channels.webchat import WebChat
from bot.web.site import Site

COOKIE = "mrgvali_chat"
TOKEN = re.compile("[A-Za-z0-9_-]{32,64}")
LONGEST_LIFE = 400 * 24 * 3600  # browsers keep no cookie longer
HOME = "ka"
SPOKEN = (HOME, "en")  # in which pages for everybody are whole; residents' other languages have the chat


@dataclass(frozen=True, slots=True)
class Speaker:
    """`external` is all that is kept of the cookie: its SHA-256."""

    channel: WebChat
    external: str

    @property
    def name(self) -> str:
        return f"{self.channel.name}:{self.external}"


def speaker(site: Site, request: Request) -> Speaker | None:
    phone = request.query_params.get("phone")
    if phone is not None:
        return _of_phone(site, phone)
    token = known_token(site, request)
    return Speaker(site.chat, _hash(token)) if token else None


def known_token(site: Site, request: Request) -> str | None:
    """None for what we never gave out: kept, a broken cookie would shut its visitor out for as long as it lives."""
    token = request.cookies.get(cookie_name(site, request, COOKIE), "")
    return token if TOKEN.fullmatch(token) else None


def cookie_name(site: Site, request: Request, name: str) -> str:
    """With this prefix no neighbouring domain can plant a cookie, and so make somebody speak in another's talk."""
    return f"__Host-{name}" if is_secure(site, request) else name


def is_secure(site: Site, request: Request) -> bool:
    return request.url.scheme == "https" or (site.public_url or "").startswith("https:")


def _of_phone(site: Site, phone: str) -> Speaker | None:
    if site.demo is None or phone not in site.demo.phones:
        return None
    return Speaker(site.demo.channel, site.demo.phones[phone].external)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def remember(response: Response, request: Request, site: Site, token: str) -> None:
    name, secure = cookie_name(site, request, COOKIE), is_secure(site, request)
    response.set_cookie(name, token, max_age=LONGEST_LIFE, httponly=True, samesite="lax", secure=secure, path="/")


def language(request: Request) -> str:
    """What the page asked for, else the first of the browser's languages that we speak."""
    asked = request.query_params.get("lang", "")
    if asked in locales.LANGUAGES:
        return asked
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in locales.LANGUAGES:
            return code
    return HOME


def spoken(request: Request) -> str:
    """`language`, where the page is whole in it."""
    asked = language(request)
    return asked if asked in SPOKEN else HOME


def choices() -> list[tuple[str, str]]:
    """What a reader may switch to, each named in itself."""
    return [(each, locales.LANGUAGES[each]) for each in SPOKEN]


def ip(request: Request) -> str:
    return request.client.host if request.client else "?"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
