"""What Viber asks for a message that we begin, to somebody in Georgia who has not written for a day."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

EUROS = Decimal("0.0115")  # of a price list of 2024; the contract says what it is now


def at_most(receivers: int) -> Decimal:
    """In euros and cents, upwards: who has written within a day costs nothing."""
    return (EUROS * receivers).quantize(Decimal("0.01"), ROUND_UP)
