"""`mrgvali forms trace`: operations on a form in, the states of its nodes out, so that anyone can hold our engine
against another's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.errors import OperatorError
from domain.forms.faults import FormError
from domain.forms.form import Form, read_form
from domain.forms.session import Setting
from domain.forms.trace import Trace

FORM_NAME = "data"
DUPLICATES = "allow_choice_duplicates"
MOST = 10_000  # the reference has no bound on repeats
WHO = {"deviceid": "oracle", "username": "oracle"}  # as the reference's traces were taken


def xform(file: Path) -> bytes:
    """The XForm in the file, or what pyxform makes of the XLSForm in it."""
    content = file.read_bytes()
    if file.suffix.lower() == ".xml":
        return content
    return _converted(content, file.name)


def _converted(content: bytes, name: str) -> bytes:
    from pyxform.errors import PyXFormError  # noqa: PLC0415 (slow to import, and only this needs it)
    from pyxform.xls2json_backends import get_xlsform  # noqa: PLC0415
    from pyxform.xls2xform import convert  # noqa: PLC0415

    try:
        return str(convert(content, form_name=FORM_NAME).xform).encode()
    except PyXFormError as error:
        if DUPLICATES not in str(error):
            raise OperatorError(f"{name}: {error}") from None
    sheets = get_xlsform(content)
    sheets.settings = [{**(sheets.settings[0] if sheets.settings else {}), DUPLICATES: "yes"}]
    sheets.settings_header = [dict.fromkeys(sheets.settings[0])]
    return str(convert(asdict(sheets), form_name=FORM_NAME).xform).encode()


def rows(
    file: str, media: Path | None, lines: Iterable[str | bytes], now: Callable[[], datetime], zone: str
) -> Iterator[str]:
    """One line of JSON for each operation. `file` may be "-": then lines with op init bring their form in "xml"."""
    trace = Trace(_form(Path(file), media) if file != "-" else None, _setting(now()))
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            operation = json.loads(line)
            trace.setting = _setting(now().astimezone(_zone(operation.get("tz", zone))))
            yield json.dumps(trace.play(operation), ensure_ascii=False)
        except (ValueError, KeyError, AttributeError) as error:
            raise OperatorError(f"Line {number} is no operation: {error}") from None
        except FormError as error:
            yield json.dumps({"op": operation.get("op"), "error": str(error), "changed": {}, "gone": []})


def _setting(now: datetime) -> Setting:
    return Setting(now, properties=WHO, most=MOST)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        raise ValueError(f"{name} is no time zone") from None


def _form(file: Path, media: Path | None) -> Form:
    try:
        return read_form(xform(file), attachments(media))
    except FormError as error:
        raise OperatorError(f"{file.name}: {error}") from None
    except OSError as error:
        raise OperatorError(f"{file}: {error.strerror}") from None


def attachments(folder: Path | None) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()} if folder else {}
