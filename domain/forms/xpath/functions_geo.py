"""Places on the earth: "latitude longitude altitude accuracy", several of them parted by semicolons."""

from __future__ import annotations

import math
from itertools import pairwise

from domain.forms.xpath.arguments import MANY, Function, strict
from domain.forms.xpath.coercion import items, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments
from domain.forms.xpath.numbers import half_up

RADIUS = 6_378_100  # metres, as ODK takes the earth
Place = tuple[float, float]  # latitude and longitude, in degrees


def _places(values: tuple[Value, ...]) -> list[Place] | None:
    """None where one of them is no place."""
    words = [part for value in values for item in items(value) for part in item.strip().split(";")]
    found = [_place(part) for part in words if part.strip()]
    return [place for place in found if place is not None] if None not in found else None


def _place(words: str) -> Place | None:
    try:
        numbers = [float(part) for part in words.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):
        return None
    return numbers[0], numbers[1]


def _area(_context: Context, value: Value) -> float:
    """Square metres, to the hundredth; 0 where it is no shape."""
    places = _places((value,))
    if places is None or len(places) < 3:
        return 0.0
    total = 0.0
    for (from_latitude, from_longitude), (latitude, longitude) in pairwise([*places, places[0]]):
        sines = 2 + math.sin(math.radians(latitude)) + math.sin(math.radians(from_latitude))
        total += math.radians(longitude - from_longitude) * sines
    return _hundredth(abs(total * RADIUS * RADIUS / 2))


def _distance(_context: Context, *values: Value) -> float:
    """Metres along all the places, to the hundredth; NaN where there are fewer than two."""
    places = _places(values)
    if places is None:
        raise WrongArguments("distance() is given something that is no place.")
    if len(places) < 2:
        return math.nan
    return _hundredth(math.fsum(_metres(one, other) for one, other in pairwise(places)))


def _metres(one: Place, other: Place) -> float:
    first, second = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(one[1] - other[1])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * RADIUS


def _hundredth(metres: float) -> float:
    return half_up(metres * 100) / 100


def _geofence(_context: Context, point: Value, shape: Value) -> bool:
    """Whether the point is inside a closed shape: an odd number of its sides lie to the east of it."""
    place, ring = _place(to_string(point)), _places((to_string(shape),))
    if place is None or not ring or len(ring) < 2 or ring[0] != ring[-1]:
        return False
    latitude, longitude = place
    inside = False
    for (from_latitude, from_longitude), (to_latitude, to_longitude) in pairwise(ring):
        if (from_latitude > latitude) != (to_latitude > latitude):
            part = (latitude - to_latitude) / (from_latitude - to_latitude)
            inside ^= longitude < (from_longitude - to_longitude) * part + to_longitude
    return inside


TABLE: dict[str, Function] = {
    "area": strict(1, 1, _area),
    "distance": strict(1, MANY, _distance),
    "geofence": strict(2, 2, _geofence),
}
