"""A poll in words, for the coordinator: its days, its villages, its real figures."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.questions.calendar import in_words
from domain import polls as rules
from domain.people import Action
from locales import _, current
from publish import collected_words, flag_words, need_words
from storage import asking_again, counts, places, polls, reach
from storage.counts import Real
from storage.polls import Kept

FEW, MOST = 3, 3  # of more villages than so many, so many kinds each


async def title(db: AsyncConnection, kept: Kept, today: date) -> str:
    """ "Araguli +2 · 2 March 2026 · open" """
    first = await places.village(db, village_id=min(kept.rules.villages))
    name = first.place.named(current()) if first else ""
    more = len(kept.rules.villages) - 1
    where = f"{name} +{more}" if more else name
    return f"{where} · {in_words(kept.rules.opens)} · {_state(kept, today)}"


def days(opens: date, closes: date) -> str:
    return _("from {opens} until {closes}").format(opens=in_words(opens), closes=in_words(closes))


async def figures(db: AsyncConnection, *, poll_id: int, person_id: int, today: date) -> str:
    """The real numbers, for the desk's eyes."""
    kept = await polls.poll(db, poll_id=poll_id)
    within = kept.rules.villages & await reach.reach(db, person_id=person_id, action=Action.SEE_COUNTS)
    told = []
    for village_id in sorted(within):
        real = await counts.real(db, poll_id=poll_id, village_id=village_id)
        village = await places.village(db, village_id=village_id)
        if village is not None and (real.people or real.open_web or real.partial or real.set_aside):
            told.append(_village(village.place.named(current()), real, len(within)))
    head = f"{_state(kept, today)}, {days(kept.rules.opens, kept.rules.closes)}"
    again = flag_words.asked_again(await asking_again.results(db, poll_id=poll_id, village_ids=within))
    foot = _("These are the real numbers: they are for you only.")
    told = [*(told or [_("Nobody has answered yet.")]), *([again] if again else [])]
    return "\n\n".join([head, *told, foot])


def _village(name: str, real: Real, villages: int) -> str:
    """Of many villages only what each names most: the table has the rest."""
    return f"{name}: {collected_words.exact(real)}" + _kinds(real, None if villages <= FEW else MOST)


def _kinds(real: Real, most: int | None) -> str:
    kinds = sorted(real.kinds.items(), key=lambda pair: -pair[1])
    lines = [f"{need_words.kind(kind)} {number}" for kind, number in kinds[:most]]
    if len(kinds) > len(lines):
        lines[-1] += " …"
    return "".join(f"\n{line}" for line in lines)


def _state(kept: Kept, today: date) -> str:
    words = {rules.State.COMING: _("coming"), rules.State.OPEN: _("open"), rules.State.CLOSED: _("closed")}
    return words[rules.state(kept.rules, today)]
