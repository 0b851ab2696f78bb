"""How alike two needs read; the person, never the program, says that they are the same."""

from domain.typed.text import folded


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of letter triples that both have."""
    first, second = _triples(one), _triples(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _triples(words: str) -> set[str]:
    padded = f"  {folded(words)} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)} if padded.strip() else set()
