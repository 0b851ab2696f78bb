"""The words of the person whose turn it is: English in the code, one .po file for each other language."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = "en"
LANGUAGES = {"ka": "ქართული", "en": "English", "az": "Azərbaycanca"}
# Spoken with residents; what only a group's or an official's desk says is said in HOME there (locales/residents.py).
FOR_RESIDENTS = frozenset({"az"})
HOME = "ka"
FOLDER = Path(__file__).parent


class NoLanguage(LookupError):
    """No language is set: words are made inside `with locales.use(language)`, never at module level."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class UnknownLanguage(LookupError):
    def __init__(self, language: str) -> None:
        super().__init__(f'Language "{language}" is not one of {", ".join(LANGUAGES)}.')


@dataclass(frozen=True, slots=True)
class Catalogue:
    language: str
    texts: dict[str, str]
    plurals: dict[str, tuple[str, ...]]
    plural_form: Callable[[int], int]


_spoken: ContextVar[Catalogue] = ContextVar("mrgvali_language")


def _(message: str) -> str:
    """The message in the language of the person whose turn it is, or as it stands where none was written."""
    try:
        return _spoken.get().texts.get(message, message)
    except LookupError:
        raise NoLanguage from None


def ngettext(one: str, many: str, number: int) -> str:
    catalogue = _catalogue_in_use()
    forms = catalogue.plurals.get(one)
    if forms is None:
        return one if number == 1 else many
    return forms[catalogue.plural_form(number)]


@contextmanager
def use(language: str) -> Iterator[None]:
    token = _spoken.set(catalogue(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: str) -> None:
    """From here to the end of the turn, for a person who has just chosen; `use` around the turn ends it."""
    _spoken.set(catalogue(language))


def current() -> str:
    return _catalogue_in_use().language


@cache
def catalogue(language: str) -> Catalogue:
    """Read once a process: a .po of a thousand messages takes some hundredths of a second."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    if language == SOURCE:
        return Catalogue(SOURCE, {}, {}, _english_form)
    return _read(language)


def path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "mrgvali.po"


def _catalogue_in_use() -> Catalogue:
    try:
        return _spoken.get()
    except LookupError:
        raise NoLanguage from None


def _english_form(number: int) -> int:
    return int(number != 1)


def _read(language: str) -> Catalogue:
    with path(language).open("rb") as file:
        po = read_po(file, locale=language)
    home = catalogue(HOME) if language in FOR_RESIDENTS else Catalogue(language, {}, {}, _english_form)
    texts, plurals = dict(home.texts), dict(home.plurals)
    for message in po:
        if message.fuzzy or not message.id or not message.string:  # without an id: the file's header
            continue
        if isinstance(message.id, str):
            texts[message.id] = str(message.string)
        else:
            plurals[message.id[0]] = tuple(message.string)
            texts[message.id[0]] = message.string[0]
    return Catalogue(language, texts, plurals, c2py(po.plural_expr))
