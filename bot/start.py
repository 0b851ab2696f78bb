"""Where the command begins: Ctrl-C is no traceback, not even while the program is still being read."""

from __future__ import annotations


def main() -> None:
    try:
        from bot.__main__ import main as run  # noqa: PLC0415 reading it takes a second, in which Ctrl-C is pressed

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
