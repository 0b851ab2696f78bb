"""Whole numbers as people type them: digits, Georgian words counted in twenties, English and Azerbaijani words."""

import re
from functools import cache

from domain.refusal import Refused
from domain.typed.text import folded, unmarked

_DIGITS = re.compile(r"-?\d{1,12}")
_GROUPED = re.compile(r"-?\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3}){0,3}")
_BROKEN = re.compile(r"-?\d+[.,]\d+")


class NotANumber(Refused):
    """No number that we can read."""

    def __init__(self, typed: str, reason: str = "not_a_number") -> None:
        super().__init__(reason, typed=typed)


class NotWhole(NotANumber):
    """A part of one, where ones are counted."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed, "not_whole")


def read(typed: str) -> int:
    text = folded(typed)
    if _DIGITS.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"[^\d-]", "", text))
    if _BROKEN.fullmatch(text):
        raise NotWhole(text)
    found = _spelled(text)
    if found is None:
        raise NotANumber(text)
    return found


_GEORGIAN = (
    "ერთ ორ სამ ოთხ ხუთ ექვს შვიდ რვა ცხრა ათ თერთმეტ თორმეტ ცამეტ თოთხმეტ თხუთმეტ თექვსმეტ ჩვიდმეტ თვრამეტ ცხრამეტ"
).split()
_ENGLISH = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
# Without their marks, as many phones type them.
_AZERI = "bir iki uc dord bes alti yeddi sekkiz doqquz".split()
_AZERI_TENS = "on iyirmi otuz qirx elli altmis yetmis seksen doxsan".split()
_THOUSANDS = ("ათას", "thousand", "min")
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelled(text: str) -> int | None:
    """Spaces and hyphens tell nothing (ორას ორმოცდაათი, ორასორმოცდაათი), so they go first."""
    letters = "".join(word for word in re.split("[ -]+", unmarked(text)) if word != "and")
    if letters in {"ნული", "ნულ", "zero", "sifir"}:
        return 0
    thousand = next((word for word in _THOUSANDS if word in letters), _THOUSANDS[0])
    thousands, found, rest = letters.partition(thousand)
    below = _below_thousand()
    # Without its ending: ორ(ი) ათას(ი), the same number inside a longer one or before a noun.
    head, tail = thousands.removesuffix("ი"), rest.removeprefix("ი").removesuffix("ი")
    if not found:
        return below.get(head)
    many = below.get(head, 1 if head in {"", "a"} else None)
    few = below.get(tail, None if tail else 0)
    return None if many is None or few is None else many * 1000 + few


@cache
def _below_thousand() -> dict[str, int]:
    """Every number from 1 to 999, spelled without spaces and without its last ი."""
    georgian = ["", *_GEORGIAN, *(_in_twenties(number) for number in range(20, 100))]
    english = ["", *_ENGLISH, *(ten + one for ten in _TENS for one in ("", *_ENGLISH[:9]))]
    azeri = ["", *_AZERI, *(ten + one for ten in _AZERI_TENS for one in ("", *_AZERI))]
    spelled = {
        head + tail: hundreds * 100 + rest
        for below, hundred in ((georgian, "ას"), (english, "hundred"), (azeri, "yuz"))
        for hundreds in range(10)
        for head in _hundreds(below, hundreds, hundred)
        for rest, tail in enumerate(below)
    }
    del spelled[""]
    return spelled


def _in_twenties(number: int) -> str:
    """35 is twenty-and-fifteen."""
    twenties, rest = divmod(number, 20)
    head = ("ოც", "ორმოც", "სამოც", "ოთხმოც")[twenties - 1]
    return f"{head}და{_GEORGIAN[rest - 1]}" if rest else head


def _hundreds(below: list[str], many: int, hundred: str) -> list[str]:
    if many == 0:
        return [""]
    return [below[many] + hundred, *([hundred, "a" + hundred] if many == 1 else [])]
