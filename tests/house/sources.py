"""The program's own source, as the tests of this folder read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "conversations", "domain", "storage", "scheduler", "publish", "locales")

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders or FOLDERS for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{node.lineno}" if isinstance(node, ast.expr | ast.stmt | ast.ExceptHandler) else name


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call))


def called(call: ast.Call) -> str:
    """`gather` for both gather(…) and asyncio.gather(…)."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: everything but the bodies of functions."""
    yield node
    for child in _run_now(node):
        yield from at_import(child)


def _run_now(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, Function):
        yield from ast.iter_child_nodes(node)
        return
    yield node.args
    if not isinstance(node, ast.Lambda):
        yield from node.decorator_list
