"""What is logged: what happened and where, never what was said.

An exception's message and a driver's parameters carry people's words, so of an error only its kind and its place
are written; rich tracebacks, structlog's default, would print every local variable, tokens included.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def to_stderr(least: int = logging.INFO) -> None:
    """Ours and the libraries' alike; of the libraries, only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Wordless("%(asctime)s [%(levelname)s] %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            _wordless,
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class Wordless(logging.Formatter):
    """For what uvicorn, asyncio and others report."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802 the library's name
        return places(ei[1])


def places(error: BaseException | None) -> str:
    """Each error of the chain, the last one first: its kind, and the lines that led to it."""
    lines = []
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return "\n".join(lines)


def _wordless(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    raised = event.pop("exc_info", None)
    if raised:
        event["exception"] = places(raised if isinstance(raised, BaseException) else sys.exc_info()[1])
    return event
