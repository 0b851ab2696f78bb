"""The pictures of a question's choices as one picture, with their numbers: one message instead of ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.forms.asked import Choice
from domain.forms.pictured import image
from domain.forms.plain import plain
from publish import paper


def png(choices: Sequence[Choice], images: Mapping[str, bytes]) -> bytes:
    """`images` are JPEGs by the names that the choices give them."""
    names = {name: f"{at}.jpg" for at, name in enumerate(images)}
    data = {"choices": [_cell(number, choice, names) for number, choice in enumerate(choices, start=1)]}
    return paper.png("form_choices", data, images={names[name]: content for name, content in images.items()})


def _cell(number: int, choice: Choice, names: Mapping[str, str]) -> dict[str, Any]:
    return {"number": str(number), "label": plain(choice.label), "image": names.get(image(choice), "")}
