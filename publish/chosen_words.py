"""What came of a choosing, in words: for who reads it, and for who has it read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from domain.chosen import TOP, First, Own, Result, Shown, part
from domain.people import Sex
from locales import _, ngettext
from publish import need_words
from publish.promise_words import quoted
from storage.heads import Head

Heads = Mapping[int, Head]
MAN, WOMAN = Sex.MAN.value, Sex.WOMAN.value


def called(need: int, heads: Heads) -> str:
    """As everybody may know it."""
    head = heads.get(need)
    if head is None:
        return _("a need that is no longer there")
    kind = need_words.kind(head.kind)
    return f"{kind} – {head.name}" if head.name else kind


def listed(result: Result, heads: Heads) -> str:
    """Line by line, in plain words: parts of the village, since who listens remembers no numbers."""
    if not result.lines:
        return _("Too few have chosen for a list: it is made when at least five agree on a need.")
    lines = [_line(place, line.need, line.shown, result, heads) for place, line in enumerate(result.lines, start=1)]
    return "\n".join([*lines, *_below(result, heads)])


def whole(result: Result, heads: Heads) -> str:
    """`listed`, with how many chose and how the order comes about."""
    foot = f"{chose(result)} {rule()}".strip()
    return f"{listed(result, heads)}\n\n{foot}"


def _line(place: int, need: int, shown: Shown, result: Result, heads: Heads) -> str:
    said = "; ".join(_parts(shown, result.chose))
    return f"{place}. {called(need, heads)}" + (f"\n    {said}" if said else "")


def _parts(shown: Shown, chose: Shown) -> Iterator[str]:
    """Who chose it, each as a part of theirs."""
    for words, number, whole in (
        (_("women: {part}"), shown.women, chose.women),
        (_("men: {part}"), shown.men, chose.men),
        (_("of all: {part}"), shown.people, chose.people),
    ):
        found = part(number or 0, whole or 0)
        if whole:
            yield words.format(part=_("few") if found is None else fraction(found))


def _below(result: Result, heads: Heads) -> Iterator[str]:
    if result.below:
        needs = "; ".join(called(need, heads) for need in result.below)
        yield _("Without a place, since fewer than five chose each of them: {needs}").format(needs=needs)


def fraction(value: Fraction) -> str:
    return {
        Fraction(1, 10): _("about a tenth"),
        Fraction(1, 5): _("about a fifth"),
        Fraction(1, 4): _("about a quarter"),
        Fraction(1, 3): _("about a third"),
        Fraction(1, 2): _("about half"),
        Fraction(2, 3): _("about two thirds"),
        Fraction(3, 4): _("about three quarters"),
        Fraction(1): _("nearly all"),
    }[value]


def chose(result: Result) -> str:
    """How many took part, as far as it may be known."""
    shown = result.chose
    if shown.split:
        words = _("About {women} women and {men} men chose.").format(women=shown.women, men=shown.men)
    elif shown.people:
        words = ngettext("About {count} person chose.", "About {count} people chose.", shown.people)
        words = words.format(count=shown.people)
    else:
        words = ""
    if result.beside:
        more = _("About {count} more chose on the open web; they are counted beside.").format(count=result.beside)
        words = f"{words} {more}".strip()
    return words


def rule() -> str:
    """How the order comes about, in two sentences."""
    return _(
        "The order is shared fairly: a third of those who chose has a third of every beginning of the list. "
        "Numbers are shown from 5 on and in steps of five."
    )


def own(mine: Own | None, heads: Heads) -> str:
    """To one person, of their own choice."""
    if mine is None:
        return _("None of what you chose has a place this time: fewer than five chose each of them.")
    need = quoted(called(mine.need, heads))
    if mine.part is None:
        words = _("Of what you chose, {need} stands highest: its place is {place}.")
        return words.format(need=need, place=mine.place)
    words = _(
        "Of what you chose, {need} stands highest. Those who want it with you are {part} of all: your part of the "
        "village has its first need at place {place}."
    )
    return words.format(need=need, part=fraction(mine.part), place=mine.place)


def for_group(result: Result, heads: Heads) -> str:
    """Women's list, men's list, each group's first need, and what the money pays for: for the group's eyes."""
    parts = [*_lists(result, heads), *_firsts(result, heads), *_payable(result, heads)]
    return "\n\n".join(parts) or _("There is nothing more to show: too few have chosen, and nobody may be told apart.")


def _lists(result: Result, heads: Heads) -> Iterator[str]:
    for head, needs in ((_("Women's list:"), result.women), (_("Men's list:"), result.men)):
        if needs:
            lines = (f"{place}. {called(need, heads)}" for place, need in enumerate(needs, start=1))
            yield "\n".join([head, *lines])


def _firsts(result: Result, heads: Heads) -> Iterator[str]:
    if result.firsts:
        yield "\n".join([_("What each group wants first:"), *(_first(first, heads) for first in result.firsts)])


def _first(first: First, heads: Heads) -> str:
    words = _("{group}: {need}; on the list at place {place}").format(
        group=group(first.group), need=called(first.need, heads), place=first.place
    )
    missing = _("not among the first {top}").format(top=TOP)
    return f"✓ {words}" if first.on_top else f"❗ {words}, {missing}"


def group(name: str) -> str:
    return {WOMAN: _("The women"), MAN: _("The men")}.get(name) or _("Aged {years}").format(years=name)


def _payable(result: Result, heads: Heads) -> Iterator[str]:
    if result.payable is None:
        return
    head = _("What {money} ₾ pays for, shared fairly:").format(money=f"{result.money:,}".replace(",", " "))
    needs = [f"• {called(need, heads)}" for need in result.payable]
    yield "\n".join([head, *(needs or [_("none of those whose cost is known")])])
