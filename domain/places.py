"""Municipality, community, village: their names, and the short codes that stand for them in links."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

CODE_AT_MOST = 24
_SUFFIX = 6

# The national system of 2002, without its apostrophes; the last five letters are archaic.
_MODERN = "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h"
_LATIN = str.maketrans(
    dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵ", f"{_MODERN} e y w q o".split(), strict=True))
    | {"ə": "a", "ı": "i"}
)


P = TypeVar("P", bound=tuple[str, ...])


class Name(NamedTuple):
    ka: str
    en: str


class Path(NamedTuple):
    """What makes a village one and the same through every import: its three Georgian names."""

    municipality: str
    community: str
    village: str


@dataclass(frozen=True)
class Village:
    municipality: Name
    community: Name
    name: Name
    voters: int | None = None
    population: int | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def path(self) -> Path:
        return Path(self.municipality.ka, self.community.ka, self.name.ka)


def romanise(georgian: str) -> str:
    """წინანდალი → tsinandali"""
    return georgian.casefold().translate(_LATIN)


def english(georgian: str) -> str:
    """The name as a map would write it: ზედა ეწერი → Zeda Etseri."""
    return " ".join(word.capitalize() for word in romanise(georgian).split())


def code(name: str) -> str:
    """A name as a piece of a link, a-z and 0-9 only; empty when it has no letter we can spell."""
    spelled = unicodedata.normalize("NFD", romanise(name))
    return re.sub("[^a-z0-9]", "", spelled)[:CODE_AT_MOST]


def _own(path: tuple[str, ...]) -> str:
    return hashlib.sha256("/".join(path).encode()).hexdigest()[:_SUFFIX]


def codes(paths: Iterable[P], given: Mapping[P, str]) -> dict[P, str]:
    """A code for every path. One once given never changes, since it stands on printed links; two villages of one
    name get six letters made from their whole path, so that the order of the file does not matter."""
    fresh = [path for path in dict.fromkeys(paths) if path not in given]
    wanted = {path: code(path[-1]) for path in fresh}
    claims = Counter([*wanted.values(), *given.values()])
    unique = {path: name if name and claims[name] == 1 else name + _own(path) for path, name in wanted.items()}
    return dict(given) | unique
