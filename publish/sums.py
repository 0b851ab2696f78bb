"""A sum of money stays on one line of a paper: its thousands, and the lari behind them."""

import re

THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3}){1,4}(?!\d)")  # no longer: what never breaks would run off the page
LARI = re.compile(r"(?<=\d) (?=₾|ლარ|lari\b|GEL\b)")
NO_BREAK = "\u00a0"


def whole(words: str) -> str:
    thousands = THOUSANDS.sub(lambda found: found.group().replace(" ", NO_BREAK), words)
    return LARI.sub(NO_BREAK, thousands)
