import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import rank_command
from bot.__main__ import app
from bot.errors import OperatorError


def ranked(path: Path, told: object) -> dict[str, list[str]]:
    path.write_text(json.dumps(told), "utf-8")
    found: dict[str, list[str]] = json.loads(rank_command.rank(path))
    return found


def test_the_order_is_printed_as_json(tmp_path: Path) -> None:
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps({"ballots": [["გზა"], ["გზა", "წყალი"], ["ბაღი"]]}), "utf-8")
    done = CliRunner().invoke(app, ["rank", str(file)])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"order": ["გზა", "ბაღი", "წყალი"]}


def test_with_costs_and_money_it_says_what_can_be_paid(tmp_path: Path) -> None:
    told = {"ballots": [["a", "b"], ["a"], ["c"]], "costs": {"a": 6, "b": 5, "c": 3}, "money": 9}
    assert ranked(tmp_path / "b.json", told) == {"order": ["a", "c", "b"], "affordable": ["a", "c"]}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("[1, 2]", "is not what is ranked"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("{}", 'has no "ballots"'),
        ('{"ballots": [["a"], "b"]}', 'ballot 2 is "b"'),
        ('{"ballots": [["a", 7]]}', 'ballot 1 is ["a", 7]'),
        ('{"ballots": [], "costs": 5}', '"costs" is 5'),
        ('{"ballots": [["a"]], "costs": {"a": 0}, "money": 5}', "a is 0"),
        ('{"ballots": [["a"]], "costs": {"a": 1}}', "money is null"),
    ],
)
def test_what_cannot_be_ranked_is_named(tmp_path: Path, told: str, says: str) -> None:
    file = tmp_path / "ballots.json"
    file.write_text(told, "utf-8")
    with pytest.raises(OperatorError, match=r"ballots\.json") as refused:
        rank_command.rank(file)
    assert says in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="No such file"):
        rank_command.rank(tmp_path / "none.json")
