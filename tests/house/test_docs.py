"""What can be set, typed or played is written down, and the pages lead somewhere."""

import ast
import re
from pathlib import Path

import pytest
import typer

from tests.house.sources import ROOT, called, calls, modules, tree

LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTING = re.compile(r"^#?\s?(MRGVALI_[A-Z_]+)=", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def settings() -> set[str]:
    from bot.settings import Settings

    return {f"MRGVALI_{name.upper()}" for name in Settings.model_fields}


def commands() -> set[str]:
    from bot.__main__ import app

    return set(_leaves(typer.main.get_command(app), ""))


def _leaves(command: object, name: str) -> list[str]:
    inner: dict[str, object] = getattr(command, "commands", {})
    if not inner:
        return [name.strip()]
    return [leaf for word, each in inner.items() for leaf in _leaves(each, f"{name} {word}")]


def test_every_setting_is_explained() -> None:
    text = page("settings.md")
    assert [name for name in sorted(settings()) if f"`{name}`" not in text] == []


def test_the_example_names_every_setting_and_no_other() -> None:
    named = set(SETTING.findall((ROOT / ".env.example").read_text("utf-8")))
    assert named == settings()


def test_every_command_is_explained() -> None:
    text = page("commands.md")
    assert [name for name in sorted(commands()) if f"mrgvali {name}" not in text] == []


def test_every_conversation_is_explained() -> None:
    text = page("conversations.md")
    assert [name for name in sorted(conversations()) if f"`{name}`" not in text] == []


def conversations() -> set[str]:
    """The names in every `Entry("name", …)`."""
    entries = [call for path in modules("conversations") for call in calls(tree(path)) if called(call) == "Entry"]
    names = [
        word for call in entries for word in (*call.args[:1], *(k.value for k in call.keywords if k.arg == "name"))
    ]
    return {ast.literal_eval(name) for name in names}


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(path.read_text("utf-8"))]
    near = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in near if not (path.parent / target).exists()] == []
