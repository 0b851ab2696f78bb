"""All functions by name."""

from __future__ import annotations

from difflib import get_close_matches

from domain.forms.xpath import (
    functions_dates,
    functions_geo,
    functions_logic,
    functions_nodes,
    functions_numbers,
    functions_text,
)
from domain.forms.xpath.arguments import Function
from domain.forms.xpath.errors import UnknownFunction

FUNCTIONS: dict[str, Function] = {
    **functions_logic.TABLE,
    **functions_text.TABLE,
    **functions_numbers.TABLE,
    **functions_dates.TABLE,
    **functions_nodes.TABLE,
    **functions_geo.TABLE,
}


def function(name: str, *, at: int, expression: str) -> Function:
    """Raises UnknownFunction, with the name that was meant where one is near."""
    found = FUNCTIONS.get(name)
    if found is None:
        near = get_close_matches(name, FUNCTIONS, n=1)
        hint = f" Did you mean {near[0]}()?" if near else ""
        raise UnknownFunction(f"There is no function {name}().{hint}", at=at, expression=expression)
    return found
