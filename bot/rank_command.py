"""`mrgvali rank FILE.json`: the order of a list from its ballots alone, so that anybody can check ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.errors import OperatorError
from domain import ranking

SHAPE = 'It holds {"ballots": [["a", "b"], …]}, and for what can be paid for also "costs": {"a": 100, …} and "money".'


def rank(file: Path) -> str:
    """JSON with the order, and what the money pays for. Ties go to the name that comes first in the alphabet."""
    told = _read(file)
    ballots = _ballots(told, file)
    needs = sorted({need for ballot in ballots for need in ballot})
    result: dict[str, Any] = {"order": ranking.order(ballots, needs)}
    if "costs" in told:
        costs, money = _costs(told, file)
        result["affordable"] = ranking.affordable(ballots, costs, money, sorted(costs))
    return json.dumps(result, ensure_ascii=False)


def _read(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_bytes())
    except OSError as error:
        raise OperatorError(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise OperatorError(f"{file} is not JSON. {SHAPE}") from None
    if not isinstance(told, dict):
        raise OperatorError(f"{file} is not what is ranked. {SHAPE}")
    return told


def _ballots(told: dict[str, Any], file: Path) -> list[list[str]]:
    ballots = told.get("ballots")
    if not isinstance(ballots, list):
        raise OperatorError(f'{file} has no "ballots". {SHAPE}')
    for number, ballot in enumerate(ballots, 1):
        if not isinstance(ballot, list) or not all(isinstance(need, str) for need in ballot):
            raise OperatorError(f"{file}: ballot {number} is {_short(ballot)}, not a list of names in quotes. {SHAPE}")
    return ballots


def _costs(told: dict[str, Any], file: Path) -> tuple[dict[str, int], int]:
    costs, money = told["costs"], told.get("money")
    if not isinstance(costs, dict):
        raise OperatorError(f'{file}: "costs" is {_short(costs)}. {SHAPE}')
    for need, cost in [*costs.items(), ("money", money)]:
        if not isinstance(cost, int) or isinstance(cost, bool) or cost <= 0:
            raise OperatorError(f"{file}: {need} is {_short(cost)}; it takes a whole number above 0. {SHAPE}")
    return costs, int(str(money))


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else shown[:39] + "…"
