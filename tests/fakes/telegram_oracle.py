"""Holds what we send against the published description of the Bot API, where that is at hand beside the project."""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

from bot.channels.telegram_request import Request

CHECKS = Path(os.environ.get("MRGVALI_CHECKS", Path(__file__).parents[3] / "shared" / "checks"))
ABSENT = f"the published Bot API is not at {CHECKS}"

Check = Callable[[str, dict[str, Any], Collection[str]], list[str]]


@cache
def oracle() -> Check | None:
    source = CHECKS / "telegram_oracle.py"
    if not source.exists():
        return None
    spec = importlib.util.spec_from_file_location("telegram_oracle", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with warnings.catch_warnings():  # it leaves the file for Python to close
        warnings.simplefilter("ignore", ResourceWarning)
        check: Check = module.Oracle(CHECKS / "telegram-bot-api-10.0.json").check
    return check


def errors(method: str, params: dict[str, Any], files: Collection[str]) -> list[str]:
    check = oracle()
    return [] if check is None else check(method, params, files)


def check(request: Request) -> None:
    method, params, files = request
    assert errors(method, params, tuple(files or ())) == []
