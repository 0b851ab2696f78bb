"""The words of the public board: how promises stand in one sentence, and the numbers of its bar."""

from __future__ import annotations

from domain.links import FOLLOW
from domain.tally import Lot, Tally
from locales import _
from publish import promise_words


def sentence(tally: Tally) -> str:
    """ "Of 31 promises due by today: 18 kept (4 of them late), 6 in part, 5 not, 2 not checked; 12 not yet due." """
    if not tally.all:
        return _("Nothing has been promised here yet.")
    lots = tally.lots
    let_go = [_("Let go by agreement: {count}.").format(count=lots[Lot.LET_GO])] if lots[Lot.LET_GO] else []
    return " ".join([_due(tally).format(**_numbers(tally)), *let_go])


def _due(tally: Tally) -> str:
    if not tally.due:
        return _("None of the {ahead} promises is due yet.")
    if tally.lots[Lot.DISPUTED]:
        return _(
            "Of {due} promises due by today: {kept} kept ({late} of them late), {part} in part, {broken} not, "
            "{unseen} not checked, {disputed} disputed; {ahead} not yet due."
        )
    return _(
        "Of {due} promises due by today: {kept} kept ({late} of them late), {part} in part, {broken} not, "
        "{unseen} not checked; {ahead} not yet due."
    )


def _numbers(tally: Tally) -> dict[str, int]:
    lots = tally.lots
    return {
        "due": tally.due,
        "kept": tally.kept,
        "late": lots[Lot.KEPT_LATE],
        "part": lots[Lot.IN_PART],
        "broken": lots[Lot.NOT],
        "unseen": lots[Lot.NOT_CHECKED],
        "disputed": lots[Lot.DISPUTED],
        "ahead": lots[Lot.NOT_YET],
    }


def lots() -> dict[Lot, str]:
    return {
        Lot.KEPT: _("kept"),
        Lot.KEPT_LATE: _("kept late"),
        Lot.IN_PART: _("kept in part"),
        Lot.NOT: _("not kept"),
        Lot.DISPUTED: _("disputed"),
        Lot.NOT_CHECKED: _("not checked"),
        Lot.LET_GO: _("let go by agreement"),
        Lot.NOT_YET: _("its day has not come yet"),
    }


def rules() -> list[str]:
    """How promises are counted, and by which days vague words are taken."""
    return [
        _("A promise that was kept before its day is counted with those that are due."),
        _("“Not kept” is only said where the group looked after the day and did not find it done, or the official says "
          "that it cannot be done."),
        _("“Not checked”: its day has passed, and nobody of the group has looked since. It may be done."),
        _("“Kept” needs two people of the group, or one with a photo. For two weeks neighbours may disagree."),
        _("What candidates say before an election is kept apart and never counted."),
        *promise_words.vague_rules(),
    ]  # fmt: skip


def community(name: str) -> str:
    return _("The community of {name}").format(name=name)


def village(name: str) -> str:
    return _("Village {village}").format(village=name)


def follow_village(code: str) -> str:
    """What a link carries."""
    return f"{FOLLOW}v{code}"


def follow_municipality(code: str) -> str:
    return f"{FOLLOW}m{code}"


def follow_promise(promise_id: int) -> str:
    return f"{FOLLOW}p{promise_id}"
