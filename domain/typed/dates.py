"""A day as people type it: 14.10.2026, 14 ოქტომბერი, tomorrow, ორ კვირაში, Monday, martın 14-ü.

Azerbaijani stands here without its marks, as many phones type it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from domain.months import last_day, later
from domain.refusal import Refused
from domain.typed import numbers
from domain.typed.text import folded, unmarked

YEARS = range(1900, 2101)
_MONTHS = {
    name: month
    for names in (
        "იანვარ თებერვალ მარტ აპრილ მაის ივნის ივლის აგვისტო სექტემბერ ოქტომბერ ნოემბერ დეკემბერ",
        "იანვრ თებერვლ მარტ აპრილ მაის ივნის ივლის აგვისტო სექტემბრ ოქტომბრ ნოემბრ დეკემბრ",
        "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "yan fev mar apr may iyn iyl avq sen okt noy dek",
    )
    for month, name in enumerate(names.split(), start=1)
} | {"სექტ": 9, "sept": 9}
_WEEKDAYS = {
    name: weekday
    for names in (
        "ორშაბათ სამშაბათ ოთხშაბათ ხუთშაბათ პარასკევ შაბათ კვირა",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for weekday, name in enumerate(names.split())
} | {
    name: weekday
    for weekday, name in enumerate(
        ("bazar ertesi", "cersenbe axsami", "cersenbe", "cume axsami", "cume", "senbe", "bazar")
    )
}
_NEAR = {
    "გუშინწინ": -2, "გუშინ": -1, "დღეს": 0, "ხვალ": 1, "ზეგ": 2, "მაზეგ": 3,
    "yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2,
    "sragagun": -2, "dunen": -1, "bu gun": 0, "bugun": 0, "sabah": 1, "birigun": 2, "birisi gun": 2, "o biri gun": 2,
}  # fmt: skip
_ENDINGS = (
    "", "ი", "ს", "ის", "ში", "მდე", "ამდე",
    "in", "un", "i", "u", "da", "de", "dan", "den", "a", "e", "ya", "ye", "adek", "edek", "yadek", "yedek", " gunu",
)  # fmt: skip
_FILLERS = {
    "წ", "წელი", "წელს", "წლის", "მე", "ში", "of", "the", "on", "st", "nd", "rd", "th",
    "il", "ilin", "ci", "cu", "ayi", "ayinin", "gunu", "ertesi", "axsami", "qeder",
    "i", "u", "si", "da", "de", "dan", "den", "a", "e", "na", "ne", "inda", "inde", "unda", "unde", "ina", "ine", "una",
    "une",
}  # fmt: skip

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<between>[-./])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<between>[-./ ])(?P<month>\d{1,2})(?:(?P=between)(?P<year>\d{4}|\d{2}))?"
    r"(?: ?წ|-?c[iu](?: il)?)?"
)
_FROM_NOW = re.compile(
    r"(?:in )?(?P<many>.+) (?P<unit>day|week|month|დღ|კვირ|თვ|gun|hefte|ay)"
    r"(?:s|ე|ა|ეში|აში|ის შემდეგ|ის მერე)?(?: from now|d[ae]n sonra| sonra|y?e|a)?"
)


class NotADay(Refused):
    """No day that we can read."""

    def __init__(self, reason: str = "not_a_day", **facts: object) -> None:
        super().__init__(reason, **facts)


class NoSuchDay(NotADay):
    """February has no 31st; `last` is the last day it has."""

    def __init__(self, day: int, month: int, year: int) -> None:
        self.day, self.month, self.year = day, month, year
        self.last = last_day(year, month)
        super().__init__("no_such_day", day=day, month=month, year=year, last=self.last)


class NoSuchMonth(NotADay):
    def __init__(self, month: int) -> None:
        super().__init__("no_such_month", month=month)


class NoSuchYear(NotADay):
    def __init__(self, year: int) -> None:
        super().__init__("no_such_year", year=year, first=YEARS[0], last=YEARS[-1])


def read(typed: str, *, today: date, ahead: bool = True) -> date:
    """A day without a year is the next such day (with `ahead=False` the last one), so show the whole date back."""
    text = unmarked(folded(typed)).rstrip(".,! ")
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    found = _dated(text, today, ahead) or _from_now(text, today) or _weekday(text, today)
    if found is None:
        raise NotADay(typed=text)
    return found


def _dated(text: str, today: date, ahead: bool) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text):
        return _real(int(match["day"]), int(match["month"]), match["year"], today, ahead)
    return _with_month(re.findall(r"\d+|[^\W\d_]+", text), today, ahead)


def _with_month(words: list[str], today: date, ahead: bool) -> date | None:
    digits = [word for word in words if word.isdecimal()]
    others = [word for word in words if not word.isdecimal() and word not in _FILLERS]
    months = [month for word in others if (month := _stem(word, _MONTHS))]
    strange = [word for word in others if _stem(word, _MONTHS) is None and _stem(word, _WEEKDAYS) is None]
    days = [word for word in digits if len(word) <= 2]
    years = [word for word in digits if len(word) == 4]
    if strange or len(months) != 1 or len(days) != 1 or len(years) > 1 or len(digits) != len(days + years):
        return None
    return _real(int(days[0]), months[0], years[0] if years else None, today, ahead)


def _stem(word: str, table: Mapping[str, int]) -> int | None:
    """ოქტომბერს, ოქტომბრის and ოქტომბრამდე are all October."""
    return next((table[stem] for end in _ENDINGS if (stem := word.removesuffix(end)) in table), None)


def _real(day: int, month: int, typed_year: str | None, today: date, ahead: bool) -> date:
    if not 1 <= month <= 12:
        raise NoSuchMonth(month)
    year = _year(typed_year, today) if typed_year else _nearest(day, month, today, ahead)
    if year not in YEARS:
        raise NoSuchYear(year)
    if not 1 <= day <= last_day(year, month):
        raise NoSuchDay(day, month, year)
    return date(year, month, day)


def _nearest(day: int, month: int, today: date, ahead: bool) -> int:
    named, now = (month, day), (today.month, today.day)
    return today.year + (named < now if ahead else -(named > now))


def _year(typed: str, today: date) -> int:
    """Of two digits: at most twenty years from now, else of the century before."""
    if len(typed) == 4:
        return int(typed)
    year = today.year // 100 * 100 + int(typed)
    return year - 100 if year > today.year + 20 else year


def _from_now(text: str, today: date) -> date | None:
    match = _FROM_NOW.fullmatch(text)
    if not match:
        return None
    try:
        many = 1 if match["many"] == "a" else numbers.read(match["many"])
    except numbers.NotANumber:
        return None
    if not 0 <= many <= 1000:
        return None
    if match["unit"] in {"month", "თვ", "ay"}:
        return later(today, many)
    return today + timedelta(days=many * (7 if match["unit"] in {"week", "კვირ", "hefte"} else 1))


def _weekday(text: str, today: date) -> date | None:
    """The next one after today."""
    weekday = _stem(text.removeprefix("on "), _WEEKDAYS)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
