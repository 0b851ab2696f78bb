"""From the tree of an expression to closures, and on the way the list of what it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.forms.xpath import filters, paths, syntax
from domain.forms.xpath.arguments import Argument, Run, failing, node_set
from domain.forms.xpath.axes import any_namespace, select, tidy
from domain.forms.xpath.coercion import to_boolean, to_number, to_string
from domain.forms.xpath.environment import Context, Value
from domain.forms.xpath.errors import WrongArguments, XPathError
from domain.forms.xpath.grammar import parse
from domain.forms.xpath.library import function
from domain.forms.xpath.operators import joined, says
from domain.forms.xpath.paths import Stride
from domain.forms.xpath.references import Reference, Step
from domain.forms.xpath.syntax import (
    Call,
    Constant,
    Filter,
    Negation,
    Operation,
    Path,
    PathStep,
    Test,
    Tree,
    Union,
    inner,
)

Bases = tuple[Reference, ...]
HERE: Bases = (Reference(absolute=False, steps=()),)
_ROOT: Bases = (Reference(absolute=True, steps=()),)
_CHOICE_NAME = frozenset(["jr:choice-name", "choice-name"])


class Compiler:
    """Compiles one expression. `references`, `functions`, `patterns` and `problems` fill up while it does."""

    def __init__(self, text: str, namespaces: Mapping[str, str] | None) -> None:
        self.text, self._namespaces = text, namespaces
        self.references: dict[Reference, None] = {}
        self.functions: set[str] = set()
        self.patterns: list[str] = []
        self.problems: list[XPathError] = []

    def run(self, tree: Tree, bases: Bases = HERE) -> Run:
        """`bases` are the places at which the expression may stand: inside a predicate, the nodes it filters."""
        match tree:
            case Path():
                return self._path(tree, bases)
            case Call():
                return self._call(tree, bases)
            case Filter():
                return self._filter(tree, bases)
            case Operation():
                return self._operation(tree, bases)
            case Constant(value=value):
                return lambda _context: value
            case _:
                return self._few(tree, bases)

    def _few(self, tree: Union | Negation, bases: Bases) -> Run:
        runs = [self.run(part, bases) for part in inner(tree)]
        if isinstance(tree, Union):
            return lambda context: tidy([node for run in runs for node in node_set(run(context), "|")])
        number = runs[0]
        return lambda context: -to_number(number(context), context.env)

    def _operation(self, tree: Operation, bases: Bases) -> Run:
        runs = [self.run(operand, bases) for operand in tree.operands]
        if tree.operator == "and":
            return lambda context: all(to_boolean(run(context)) for run in runs)
        if tree.operator == "or":
            return lambda context: any(to_boolean(run(context)) for run in runs)
        words = _constant(tree.operands[1])
        if tree.operator == "=" and words is not None:
            return says(runs[0], words)
        return joined(tree.operator, *runs)

    def _call(self, call: Call, bases: Bases) -> Run:
        self.functions.add(call.name)
        arguments = [Argument(self.run(each, bases), _constant(each)) for each in call.arguments]
        try:
            if call.name in _CHOICE_NAME:
                return self._choice_name(call, arguments, bases)
            found = function(call.name, at=call.at, expression=self.text)
            if not found.least <= len(arguments) <= found.most:
                raise WrongArguments(_counted(call.name, found.least, found.most, len(arguments)))
            if call.name == "regex" and arguments[1].constant is not None:
                self.patterns.append(arguments[1].constant)
            return found.make(arguments)
        except XPathError as error:
            if not error.expression:
                error = type(error)(error.reason, at=call.at, expression=self.text)
            self.problems.append(error)
            return failing(error)

    def _choice_name(self, call: Call, arguments: Sequence[Argument], bases: Bases) -> Run:
        """Its second argument is a path in a text: it is read here, so that a change of the question is noticed."""
        if len(arguments) != 2:
            raise WrongArguments(_counted(call.name, 2, 2, len(arguments)))
        value, path = arguments
        if path.constant is None:
            raise WrongArguments("jr:choice-name() needs the path of the question as a text.")
        question = self.run(parse(path.constant), bases)

        def run(context: Context) -> Value:
            found = node_set(question(context), call.name)
            return context.env.choice_name(to_string(value.run(context)), found[0]) if found else ""

        return run

    def _filter(self, tree: Filter, bases: Bases) -> Run:
        primary = self.run(tree.primary, bases)
        keeps = self._predicates(tree.predicates, self.places(tree.primary, bases))

        def run(context: Context) -> Value:
            nodes = node_set(primary(context), "[…]")
            for keep in keeps:
                nodes = keep(nodes, context)
            return nodes

        return run

    def _path(self, path: Path, bases: Bases) -> Run:
        at = self._start(path, bases)
        strides = []
        for step in _shortened(path.steps):
            at = _moved(at, step)
            strides.append(self._stride(step, at))
        self.references.update(dict.fromkeys(at))
        if path.absolute:
            return paths.from_root(strides)
        return (
            paths.from_context(strides)
            if path.start is None
            else paths.from_nodes(self.run(path.start, bases), strides)
        )

    def _stride(self, step: PathStep, at: Bases) -> Stride:
        test = step.test
        by_name = step.axis == "child" and test.kind == syntax.QNAME and test.name != "*"
        name = test.name if by_name and any_namespace(test, self._namespaces) else None
        up = step.axis == "parent" and test.kind == syntax.NODE and not step.predicates
        return Stride(step.axis, select(step, self._namespaces), self._predicates(step.predicates, at), name, up)

    def _predicates(self, predicates: Sequence[Tree], at: Bases) -> list[filters.Keep]:
        return [self._predicate(part, at) for tree in predicates for part in filters.parts(tree)]

    def _predicate(self, tree: Tree, at: Bases) -> filters.Keep:
        if isinstance(tree, Constant) and isinstance(tree.value, float):
            return filters.numbered(tree.value)
        if isinstance(tree, Operation) and tree.operator == "=" and any_namespace(_PLAIN, self._namespaces):
            for one, other in (tree.operands, tree.operands[::-1]):
                name = filters.one_name(one)
                if name is not None and filters.unmoved(other):
                    self.run(one, at)  # for what it reads
                    return filters.alike(name, self.run(other, at))
        return filters.general(self.run(tree, at))

    def _start(self, path: Path, bases: Bases) -> Bases:
        if path.absolute:
            return _ROOT
        return bases if path.start is None else self.places(path.start, bases)

    def places(self, tree: Tree, bases: Bases) -> Bases:
        """Where the nodes of a node-set lie, as far as it can be told before it is worked out."""
        if isinstance(tree, Call):
            return self._places_of(tree, bases)
        if isinstance(tree, Path):
            at = self._start(tree, bases)
            for step in tree.steps:
                at = _moved(at, step)
            return at
        return tuple(place for part in inner(tree) for place in self.places(part, bases))

    def _places_of(self, call: Call, bases: Bases) -> Bases:
        match call.name, call.arguments:
            case "current", ():
                return HERE
            case "instance", (Constant(value=str(name)),):
                return (Reference(absolute=False, steps=(), instance=name),)
            case "randomize" | "indexed-repeat", (first, *_):
                return self.places(first, bases)
            case "id", _:
                return (_ROOT[0].then(Step("descendant", "*")),)
        return tuple(place for part in call.arguments for place in self.places(part, bases))


_PLAIN = Test(syntax.QNAME, "x")


def _constant(tree: Tree) -> str | None:
    return tree.value if isinstance(tree, Constant) and isinstance(tree.value, str) else None


def _counted(name: str, least: int, most: int, given: int) -> str:
    wanted = f"{least}" if least == most else f"{least} to {most}" if most < 100 else f"at least {least}"
    return f"{name}() takes {wanted} arguments and is given {given}."


def _shortened(steps: tuple[PathStep, ...]) -> list[PathStep]:
    """`.` does nothing, and //name is one walk downwards where no predicate counts along it."""
    found: list[PathStep] = []
    for step in steps:
        if step.axis == "self" and step.test.kind == syntax.NODE and not step.predicates:
            continue
        below = found[-1] if found else None
        is_below = below is not None and below.axis == "descendant-or-self" and below.test.kind == syntax.NODE
        if is_below and step.axis == "child" and not step.predicates and not (below and below.predicates):
            found[-1] = PathStep("descendant", step.test)
        else:
            found.append(step)
    return found


def _moved(at: Bases, step: PathStep) -> Bases:
    if step.axis == "self" and step.test.kind == syntax.NODE:
        return at
    name = step.test.name if step.test.kind == syntax.QNAME else step.test.kind
    return tuple(place.then(Step(step.axis, name)) for place in at)
