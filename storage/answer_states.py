"""How an answer was kept."""

COMPLETE, PARTIAL = "complete", "partial"
# Of two answers of one person, by two phones: kept for the day on which they are parted again, and not counted.
RESTING = "resting"
