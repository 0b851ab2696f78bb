"""The house of docs/adr/0002: imports go down only, vendors stay in their own files, nothing happens at import."""

import ast
from pathlib import Path

from tests.house.sources import FOLDERS, ROOT, at_import, called, imports, modules, place, tree

MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "locales": set(),
    "storage": {"domain"},
    "publish": {"domain", "storage", "locales"},
    "conversations": {"domain", "storage", "publish", "locales"},
    "scheduler": {"domain", "storage", "publish", "locales", "conversations"},
    "bot": set(FOLDERS),
}
VENDORS = {"telegram": ("telegram", "peers"), "viberbot": ("viber",), "aiogram": ("peers",)}
BUILDERS = {
    "create_engine", "create_async_engine", "AsyncIOScheduler", "AsyncClient", "ClientSession", "HTTPXRequest", "Bot",
    "connect", "Starlette", "Settings", "getLogger",
}  # fmt: skip


def test_no_folder_reaches_up() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for folder in FOLDERS
        for path in modules(folder)
        for node, name in imports(path)
        if (top := name.split(".")[0]) in FOLDERS and top != folder and top not in MAY_IMPORT[folder]
    ]
    assert wrong == []


def test_no_relative_imports() -> None:
    wrong = [
        place(path, node)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert wrong == []


def test_a_vendors_sdk_stays_in_its_own_file() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path in modules()
        for node, name in imports(path)
        if (vendor := name.split(".")[0]) in VENDORS and not _is_home(path, vendor)
    ]
    assert wrong == []


def _is_home(path: Path, vendor: str) -> bool:
    inside = path.relative_to(ROOT).with_suffix("").parts
    return inside[0] == "bot" and any(part.startswith(VENDORS[vendor]) for part in inside)


def test_only_settings_reads_the_environment() -> None:
    wrong = [
        place(path, node)
        for path in modules()
        if path != ROOT / "bot" / "settings.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and ast.unparse(node.value) == "os"
    ]
    assert wrong == []


def test_nothing_is_built_at_import() -> None:
    wrong = [
        f"{place(path, node)} calls {called(node)}"
        for path in modules()
        for node in at_import(tree(path))
        if isinstance(node, ast.Call) and called(node) in BUILDERS
    ]
    assert wrong == []
