"""What the model says about each node: type, when it is relevant, what it must satisfy, how it is reckoned."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.forms.texts import Saying
from domain.forms.tree import Node
from domain.forms.xform import elements, javarosa
from domain.forms.xpath.expression import Expression

TYPES = frozenset(
    "string int decimal boolean date time dateTime geopoint geotrace geoshape binary barcode intent select select1 rank"
    " anyURI".split()
)
ALIASES = {"integer": "int", "long": "int", "double": "decimal", "float": "decimal", "datetime": "dateTime"}


@dataclass(frozen=True)
class Bind:
    path: str
    type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    constraint_message: Saying | None = None
    required_message: Saying | None = None
    preload: tuple[str, str] | None = None
    typed: bool = False  # the author said which type
    id: str = ""

    def with_preload(self, kind: str, parameter: str = "") -> "Bind":
        return replace(self, preload=(kind, parameter))


def type_name(written: str | None) -> str:
    """The type without its prefix; what nobody knows is kept as it stands, for the checks to see."""
    plain = (written or "string").strip().rpartition(":")[2]
    return ALIASES.get(plain, plain)


def read_binds(
    model: Node, make: Callable[[str, str], Expression], say: Callable[[str, str], Saying]
) -> dict[str, Bind]:
    """Binds by the path of their node. `make` compiles an expression for a path, `say` reads a message for one."""
    binds: dict[str, Bind] = {}
    for element in elements(model, "bind"):
        path = (element.attribute("nodeset") or element.attribute("ref") or "").strip()
        binds[path] = _bind(element, path, make, say)
    return binds


def _bind(element: Node, path: str, make: Callable[[str, str], Expression], say: Callable[[str, str], Saying]) -> Bind:
    def expression(name: str) -> Expression | None:
        written = element.attribute(name)
        return make(written, path) if written is not None and written.strip() else None

    def message(name: str) -> Saying | None:
        written = javarosa(element, name)
        return say(written, path) if written else None

    kind = javarosa(element, "preload")
    return Bind(
        path=path,
        type=type_name(element.attribute("type")),
        relevant=expression("relevant"),
        required=expression("required"),
        readonly=expression("readonly"),
        constraint=expression("constraint"),
        calculate=expression("calculate"),
        constraint_message=message("constraintMsg"),
        required_message=message("requiredMsg"),
        preload=(kind, javarosa(element, "preloadParams") or "") if kind else None,
        typed=element.attribute("type") is not None,
        id=element.attribute("id") or "",
    )
