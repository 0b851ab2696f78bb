"""Stories told on both engines are told on one in a usual run, half of them on each: `--both-engines` tells all twice.

What stores and reads is tried on both always (tests/storage), so are the scenarios and what crashes; only the longest
scenario, which is told on four channels, takes turns too.
"""

from __future__ import annotations

import zlib

import pytest

HALVED = ("tests/stories/", "tests/bot/", "tests/conversations/", "tests/bad_input/", "tests/scenarios/test_whole")
ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-engines", action="store_true", help="tell each story on SQLite and on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("both_engines") or any("[" in each for each in config.args):
        return
    told = {_story(item) for item in items if _engine(item) == "sqlite"} & {
        _story(item) for item in items if _engine(item) == "postgresql"
    }
    left_out = [item for item in items if _story(item) in told and _engine(item) != _turn(_story(item))]
    config.hook.pytest_deselected(items=left_out)
    dropped = set(left_out)
    items[:] = [item for item in items if item not in dropped]


def _engine(item: pytest.Item) -> str | None:
    """None where a test needs no database, or is always told on both."""
    called = getattr(item, "callspec", None)
    engine = called.params.get("database_url") if called and item.nodeid.startswith(HALVED) else None
    return engine if engine in ENGINES else None


def _story(item: pytest.Item) -> str:
    engine = _engine(item)
    return item.nodeid if engine is None else item.nodeid.replace(engine, "*", 1)


def _turn(story: str) -> str:
    return ENGINES[zlib.crc32(story.encode()) % 2]
