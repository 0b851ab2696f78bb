"""What all pages by a personal link share: they are for somebody without a chat or an account.

The token is a secret of 192 bits and opens nothing but its page; only its hash is kept.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from starlette.requests import Request

from bot.web.refusals import Refusal, body_of
from bot.web.session import TOKEN, ip
from bot.web.site import Site

# "no-referrer" would let a browser send its own form with the origin "null", which is refused.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}


def token_of(request: Request, site: Site) -> str:
    """Refuses who asks too often, and what no link of ours can be."""
    if seconds := site.limits.by_ip.take(ip(request)):
        raise Refusal(429, "too_fast", after=seconds)
    token = str(request.path_params["token"])
    if not TOKEN.fullmatch(token):
        raise Refusal(404, "unknown")
    return token


async def form_of(request: Request, most: int) -> dict[str, str]:
    """The fields of a form of at most so many bytes; of a field that came twice the last."""
    body = parse_qs((await body_of(request, most)).decode("utf-8", "replace"))
    return {name: values[-1] for name, values in body.items()}
