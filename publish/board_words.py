"""The words of the public board: how promises stand in one sentence, and the numbers of its bar."""

from __future__ import annotations

from domain.links import FOLLOW
from domain.tally import Lot, Tally
from locales import _, ngettext
from publish import promise_words


def sentence(tally: Tally) -> str:
    """ "Of 31 promises due by today: 18 kept (4 of them late), 6 in part, 5 not, 2 not checked; 12 not yet due." Of
    what there is none nothing is said but how many were kept."""
    if not tally.all:
        return _("Nothing has been promised here yet.")
    let_go = tally.lots[Lot.LET_GO]
    said = [_due(tally)] if tally.all > let_go else []
    said += [_("Let go by agreement: {count}.").format(count=let_go)] if let_go else []
    return " ".join(said)


def _due(tally: Tally) -> str:
    ahead = tally.lots[Lot.NOT_YET]
    if not tally.due:
        return _none_due(ahead)
    said = ngettext("Of {due} promise due by today: {parts}", "Of {due} promises due by today: {parts}", tally.due)
    ends = _("; {ahead} not yet due.") if ahead else "."
    return said.format(due=tally.due, parts=", ".join(_parts(tally))) + ends.format(ahead=ahead)


def _none_due(ahead: int) -> str:
    if ahead == 1:
        return _("One thing was promised, and its day has not come yet.")
    return _("None of the {ahead} promises is due yet.").format(ahead=ahead)


def _parts(tally: Tally) -> list[str]:
    lots = tally.lots
    late, part, broken = lots[Lot.KEPT_LATE], lots[Lot.IN_PART], lots[Lot.NOT]
    unseen, disputed = lots[Lot.NOT_CHECKED], lots[Lot.DISPUTED]
    kept = _("{kept} kept ({late} of them late)") if late else _("{kept} kept")
    said = [kept.format(kept=tally.kept, late=late)]
    said += [_("{part} in part").format(part=part)] if part else []
    said += [_("{broken} not").format(broken=broken)] if broken else []
    said += [_("{unseen} not checked").format(unseen=unseen)] if unseen else []
    said += [_("{disputed} disputed").format(disputed=disputed)] if disputed else []
    return said


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
