"""The annex of evidence of an application: made outside the turn, in every language and form, and sealed once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.minutes_jobs import DOCX, IN, PDF, Keep
from bot.workshop import Args, Hopeless, Job, Result
from domain.brief import PHOTOS
from domain.refusal import Refused
from locales import use
from publish import annex_form, annex_paper
from publish.minutes_form import Proof
from storage import grant_applications, grant_evidence, sealed_papers, sent_files
from storage.grant_applications import about
from storage.grant_committee import ANNEX
from storage.grant_evidence import Evidence
from storage.sealed_papers import Sealed

MADE = {"pdf": (annex_paper.pdf, PDF), "docx": (annex_paper.docx, DOCX)}


@dataclass(frozen=True, slots=True)
class GrantJobs:
    engine: AsyncEngine
    now: Callable[[], datetime]
    keep: Keep
    folder: Path
    zone: ZoneInfo

    def all(self) -> dict[str, Job]:
        return {"grant_annex": self.annex}

    async def annex(self, person_id: int, args: Args) -> Result | None:
        """`args`: application, public_url, language. While nothing has changed it is the same paper."""
        today = self.now().astimezone(self.zone).date()
        who: dict[str, Any] = {"application_id": args["application"], "by": person_id, "today": today}
        try:
            async with self.engine.connect() as db:
                evidence = await grant_evidence.read(db, **who, zone=self.zone)
        except Refused as refusal:
            raise Hopeless(refusal.reason) from None
        photos = await asyncio.to_thread(self._photos, evidence)
        contents, titles = {}, {}
        for language in IN:
            with use(language):
                contents[language], titles[language] = annex_form.content(evidence, today), annex_form.title(evidence)
        mark = annex_paper.fingerprint(contents, photos)
        async with self.engine.connect() as db:
            paper = await sealed_papers.current(db, kind=ANNEX, about=about(evidence.application_id))
        if paper is None or paper.sha256 != mark:
            paper = await self._seal(evidence, contents, titles, photos, mark, args["public_url"])
        async with self.engine.connect() as db:
            return {"documents": await _in(db, paper, args["language"]), "code": paper.code}

    async def _seal(
        self,
        evidence: Evidence,
        contents: Mapping[str, Mapping[str, Any]],
        titles: Mapping[str, str],
        photos: Sequence[Sequence[bytes]],
        mark: str,
        public_url: str | None,
    ) -> Sealed:
        code = sealed_papers.new_code()
        proof = Proof(code, mark, f"{public_url.rstrip('/')}/verify/{code}" if public_url else "")
        files = {}
        for language in IN:
            for form, (make, mime) in MADE.items():
                made = await asyncio.to_thread(_made, make, language, contents[language], photos, proof)
                name = f"evidence-{evidence.application_id}-{language}.{form}"
                files[sealed_papers.digest(made)] = await self.keep(None, made, mime, name=name)
        kind, where = ANNEX, about(evidence.application_id)
        async with self.engine.begin() as db:
            await grant_applications.lock(db, application_id=evidence.application_id)
            before = await sealed_papers.current(db, kind=kind, about=where)
            if before is not None and before.sha256 == mark:
                return before  # somebody of the group asked for it in the same moment
            version = before.version + 1 if before else 1
            paper = Sealed(code, kind, where, titles, version, mark, files, self.now())
            await sealed_papers.seal(db, paper)
        return paper

    def _photos(self, evidence: Evidence) -> list[list[bytes]]:
        """Of each need the released one and the newest of its brief, as far as they are there."""
        found = []
        for need in evidence.needs:
            ids = dict.fromkeys([*([need.facts.photo] if need.facts.photo else []), *need.brief.photos])
            paths = [self.folder / each for each in ids]
            found.append([path.read_bytes() for path in paths if path.is_file()][-PHOTOS:])
        return found


def _made(make: Callable[..., bytes], language: str, *about_it: Any) -> bytes:
    with use(language):
        return make(*about_it)


async def _in(db: AsyncConnection, paper: Sealed, language: str) -> list[str]:
    """The files in this language; in Georgian for who reads another."""
    ending = f"-{language if language in IN else IN[0]}."
    named = await sent_files.named(db, media_ids=paper.files.values())
    return [each for name, each in sorted(named.items(), reverse=True) if ending in name]
