"""The rules of docs/replay.md that Python itself would let pass: a replay must run as the one before it."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import Function, at_import, called, calls, imports, modules, place, tree

QUESTIONS = {
    "pick", "pick_many", "text", "number", "date", "photo", "voice", "location", "photo_or_location", "confirm",
    "several", "look", "do", "document", "form",
}  # fmt: skip
UNSTEADY_MODULES = {"random", "secrets", "uuid", "time", "os", "asyncio"}
UNSTEADY_CALLS = {"gather", "create_task"}


def is_dialogue(function: ast.AST) -> bool:
    """An async function whose first argument is a Chat."""
    if not isinstance(function, ast.AsyncFunctionDef) or not function.args.args:
        return False
    annotation = function.args.args[0].annotation
    return annotation is not None and ast.unparse(annotation).strip("\"'") in {"Chat", "chat.Chat"}


def dialogues(module: ast.Module) -> Iterator[ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.AsyncFunctionDef) and is_dialogue(node))


def faults(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    for dialogue in dialogues(module):
        for node in _at_every_replay(dialogue):
            yield from ((node, fault) for fault in _faults_of(node))


def _at_every_replay(node: ast.AST) -> Iterator[ast.AST]:
    """Without the functions inside, which run only when a question is shown, a reading made or an effect done."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function):
            yield child
            yield from _at_every_replay(child)


def _faults_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Try | ast.TryStar) and node.finalbody:
        yield "finally runs at every replay"
    if isinstance(node, ast.ExceptHandler) and _catches_all(node):
        yield "an except that would swallow the suspension"
    if isinstance(node, ast.AsyncWith) and any(isinstance(each, ast.Await) for each in ast.walk(node)):
        yield "async with around a question"
    if isinstance(node, ast.Call):
        yield from _faults_of_call(node)


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or "BaseException" in ast.unparse(handler.type)


def _faults_of_call(call: ast.Call) -> Iterator[str]:
    if called(call) in UNSTEADY_CALLS:
        yield "one question at a time"
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.attr in QUESTIONS:
        key = call.args[0] if call.args else None
        if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
            yield "a key is a literal"


def test_conversations_can_be_replayed() -> None:
    wrong = [f"{place(path, node)} {fault}" for path in modules("conversations") for node, fault in faults(tree(path))]
    assert wrong == []


def test_conversations_have_no_clock_chance_or_environment() -> None:
    wrong = [
        f"{place(path, node)} imports {name}"
        for path in modules("conversations")
        if any(dialogues(tree(path)))
        for node, name in imports(path)
        if name.split(".")[0] in UNSTEADY_MODULES
    ]
    assert wrong == []


def test_the_domain_and_the_conversations_are_handed_the_time() -> None:
    clocks = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "time.time", "datetime.datetime.now"}
    wrong = [
        place(path, call)
        for path in modules("conversations", "domain")
        for call in calls(tree(path))
        if ast.unparse(call.func) in clocks
    ]
    assert wrong == []


def test_no_words_are_made_at_import() -> None:
    wrong = [
        place(path, node)
        for path in modules()
        for node in at_import(tree(path))
        if isinstance(node, ast.Call) and called(node) in {"_", "ngettext"}
    ]
    assert wrong == []


def test_every_sentence_is_a_literal() -> None:
    """Babel finds nothing else, so it could never be translated."""
    wrong = [place(path, call) for path in modules() for call in calls(tree(path)) if not _is_literal_sentence(call)]
    assert wrong == []


def _is_literal_sentence(call: ast.Call) -> bool:
    words = {"_": call.args[:1], "ngettext": call.args[:2]}.get(called(call), [])
    return all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in words)


@pytest.mark.parametrize(
    "body",
    [
        "try:\n  await chat.text('a', '?')\n finally:\n  pass",
        "try:\n  await chat.text('a', '?')\n except:\n  pass",
        "try:\n  await chat.text('a', '?')\n except BaseException:\n  pass",
        "async with lock:\n  await chat.text('a', '?')",
        "await gather(chat.text('a', '?'), chat.text('b', '?'))",
        "await chat.text(key, '?')",
        "await chat.text(f'a{n}', '?')",
    ],
)
def test_each_rule_finds_its_fault(body: str) -> None:
    module = ast.parse(f"async def talk(chat: Chat) -> None:\n {body}\n")
    assert list(faults(module))


@pytest.mark.parametrize(
    "body",
    [
        "async for need in chat.several('need', at_most=3):\n  words = await need.text('words', '?')",
        "await chat.do('save', lambda db: needs.report(db, at=clock.now()))",
    ],
)
def test_a_plain_dialogue_has_no_fault(body: str) -> None:
    assert not list(faults(ast.parse(f"async def talk(chat: Chat) -> None:\n {body}\n")))
