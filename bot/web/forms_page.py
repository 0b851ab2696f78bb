"""What came of a form, in the workspace: the desk sees every form of its places, a group its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

import locales
from bot.web.forms_words import forms_words
from bot.web.refusals import Refusal
from bot.web.site import Site
from bot.web.workspace_words import workspace_words
from conversations import form_standing, form_words
from domain.forms.calls import Mode
from domain.people import Action
from domain.refusal import Refused
from locales import current, ngettext
from publish import form_answers, form_handout, form_papers
from publish.form_answers import Raw
from publish.form_summary import Block
from storage import desk_heads, fills, form_calls, roles

TABLES = ("labels", "names", "csv", "xml")
PROFILE = "profile"
FORMS = "/workspace/forms"


@dataclass(frozen=True, slots=True)
class Download:
    content: bytes
    mime: str
    name: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Disposition": f"attachment; filename*=utf-8''{quote(self.name)}"}


async def calls_of(db: AsyncConnection, person_id: int) -> Sequence[Row[Any]]:
    """What this person may look at, the newest first."""
    held = await roles.municipalities_where(db, person_id=person_id, action=Action.PUBLISH_FORM)
    desk = await form_calls.of_desk(db, by=person_id) if held is None or held else ()
    own = await form_calls.of_groups(db, person_id=person_id)
    found = {call.id: call for call in (*desk, *own)}
    return [found[call_id] for call_id in sorted(found, reverse=True)]


class FormsPage:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def list(self, request: Request, person_id: int, form_token: str) -> str:
        async with self._site.read.connect() as db:
            calls = await calls_of(db, person_id)
            sorts = bool(await desk_heads.heaps(db, person_id=person_id))
        told = [(call, form_words.where(call), _standing(call)) for call in calls]
        return self._render("forms.html", request, form_token, calls=told, sorts=sorts)

    async def page(self, request: Request, person_id: int, form_token: str) -> str:
        async with self._site.read.connect() as db:
            call, is_desk = await self._call(db, request, person_id)
            raw = await form_answers.raw(db, call_id=call.id)
            seen: dict[str, Any] = {
                "person_id": person_id,
                "now": self._site.clock.now(),
                "zone": ZoneInfo(self._site.timezone),
            }
            open_, parts = await form_standing.of_call(db, call_id=call.id, **seen)
        head, blocks = await asyncio.to_thread(_summary, call, raw, current())
        downloads = self._downloads(call) if is_desk and raw.rows else ()
        shown = {"head": head, "blocks": blocks, "open": open_, "parts": parts, "downloads": downloads}
        return self._render("form.html", request, form_token, call=call, where=form_words.where(call), **shown)

    async def download(self, request: Request, person_id: int) -> Download:
        """Raises Refusal where there is no such thing for this person."""
        what = request.path_params["what"]
        async with self._site.read.connect() as db:
            call, is_desk = await self._call(db, request, person_id)
            if not is_desk or what not in self._downloads(call):
                raise Refusal(404, "unknown")
            raw = await form_answers.raw(db, call_id=call.id)
            known = await fills.known_of(db, call_id=call.id)
        if not raw.rows:
            raise Refusal(404, "unknown")
        photos = await asyncio.to_thread(self._photos, raw) if what == PROFILE else {}
        made = await asyncio.to_thread(form_handout.make, call, raw, what, current(), known, photos)
        return Download(made.document, made.mime, made.name)

    async def _call(self, db: AsyncConnection, request: Request, person_id: int) -> tuple[Row[Any], bool]:
        """Looked at anew with every request: a role may have ended. Others do not learn that there is such a form."""
        call_id = int(request.path_params["call"])
        try:
            is_desk = await form_calls.require_reader(db, call_id=call_id, by=person_id)
            return await form_calls.call(db, call_id=call_id), is_desk
        except Refused:
            raise Refusal(404, "unknown") from None

    def _downloads(self, call: Row[Any]) -> tuple[str, ...]:
        return (PROFILE, *TABLES) if call.mode == Mode.GROUP else TABLES

    def _photos(self, raw: Raw) -> dict[str, bytes]:
        """Those that are here; a photo that its author took back is gone."""
        paths = {name: self._site.media / name.partition(".")[0] for name in form_handout.photo_names(raw)}
        return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}

    def _render(self, page: str, request: Request, form_token: str, **told: Any) -> str:
        return self._site.pages.get_template(page).render(
            words=workspace_words() | forms_words(),
            lang=current(),
            languages=locales.LANGUAGES,
            path=request.url.path,
            lang_asked="lang" in request.query_params,
            token=form_token,
            **told,
        )


def _summary(call: Row[Any], raw: Raw, language: str) -> tuple[dict[str, str], list[Block]]:
    with locales.use(language):
        about = {"title": call.title, "place": form_words.where(call), "closed": call.closed_at is not None}
        return form_papers.summary(form_answers.opened(raw), **about, together=call.mode == Mode.GROUP)


def _standing(call: Row[Any]) -> str:
    finished = ngettext("{count} finished.", "{count} finished.", call.done).format(count=call.done)
    return " ".join(filter(None, (finished, form_handout.unfinished(call.begun))))
