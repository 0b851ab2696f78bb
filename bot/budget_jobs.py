"""Slow work of the budget: the gender-responsive budgeting table, to look at and to send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.workshop import Args, Hopeless, Job, Result
from domain.refusal import Refused
from locales import use
from publish import gender_budget, gender_budget_xlsx
from publish.gender_budget import Page
from storage import gender_budget as kept
from storage import places

SENT_IN = ("ka", "en")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMS: dict[str, tuple[Callable[[Page], bytes], str]] = {
    "pdf": (gender_budget.pdf, "application/pdf"),
    "xlsx": (gender_budget_xlsx.workbook, XLSX),
}


@dataclass(frozen=True, slots=True)
class BudgetJobs:
    """`keep` puts one of ours into the folder and answers its id."""

    engine: AsyncEngine
    keep: Callable[..., Awaitable[str]]

    def all(self) -> dict[str, Job]:
        return {"gender_budget": self.make, "gender_budget_files": self.files}

    async def make(self, person_id: int, args: Args) -> Result | None:
        """`args`: municipality, year, day, form (pdf, png or xlsx), language."""
        form, year = args["form"], args["year"]
        with use(args["language"]):
            try:
                async with self.engine.connect() as db:
                    page = await _page(db, person_id, args)
            except Refused as refusal:
                raise Hopeless(refusal.reason) from None
            if not page.table.lines:
                return {"empty": True}
            make, mime = {**FORMS, "png": (gender_budget.png, "image/png")}[form]
            content = await asyncio.to_thread(make, page)
        if form == "png":
            return {"photos": [await self.keep(person_id, content, mime, kind="photo")]}
        return {"document": await self.keep(person_id, content, mime, name=f"women-and-men-{year}.{form}")}

    async def files(self, person_id: int, args: Args) -> Result | None:
        """`args`: municipality, year, occasion, day. All that is sent of it. The files are nobody's own, so that
        they stay when whoever sent them is forgotten."""
        made: dict[str, str] = {}
        for language in SENT_IN:
            with use(language):
                try:
                    async with self.engine.connect() as db:
                        page = await _page(db, person_id, {**args, "language": language})
                except Refused as refusal:
                    raise Hopeless(refusal.reason) from None
                if not page.table.lines:
                    return {"files": {}}
                for form, (make, mime) in FORMS.items():
                    content = await asyncio.to_thread(make, page)
                    name = f"women-and-men-{args['year']}-{args['occasion']}-{language}.{form}"
                    made[name] = await self.keep(None, content, mime, name=name)
        return {"files": made}


async def _page(db: AsyncConnection, person_id: int, args: Args) -> Page:
    where, year, day = args["municipality"], args["year"], date.fromisoformat(args["day"])
    asked = {"municipality_id": where, "today": day, "language": args["language"], "person_id": person_id}
    this = await kept.table(db, year=year, **asked)
    before = await kept.table(db, year=year - 1, **asked)
    municipality = await places.municipality(db, municipality_id=where)
    named = municipality.named(args["language"]) if municipality else ""
    return Page(named, day, this, before if before.lines else None)
