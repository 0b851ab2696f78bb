"""How the Bot API takes parameters and says no."""

from __future__ import annotations

import json

from aiohttp import web

from tests.fakes.telegram_chats import Files, Params, Refusal


async def read(request: web.Request) -> tuple[Params, Files]:
    if request.content_type == "application/json":
        return json.loads(await request.read() or b"{}"), {}
    params: Params = {}
    files: Files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
            value.file.close()
        else:
            params[name] = value
    return params, files


def refused(refusal: Refusal) -> web.Response:
    body: Params = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)
