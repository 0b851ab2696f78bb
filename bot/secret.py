"""The program's own secret: it signs the ledger's heads, and other secrets are made from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import OperatorError
from bot.settings import Settings
from storage.engine import is_sqlite

FILE = Path("mrgvali.key")


def secret_key(settings: Settings) -> str:
    """As set, or kept in a file beside a SQLite database; several machines must be given the same one."""
    given = settings.secret_key.get_secret_value()
    if given:
        return given
    if not is_sqlite(settings.database_url):
        raise OperatorError("MRGVALI_SECRET_KEY is empty. Put a long random text there, the same on every machine.")
    return _kept(_folder(settings.database_url) / FILE)


def _folder(url: str) -> Path:
    return Path(url.partition(":///")[2] or ".").parent


def _kept(path: Path) -> str:
    try:
        key = _made(path) or path.read_text().strip()
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be read ({error.strerror}). Mend its rights, or set MRGVALI_SECRET_KEY."
        ) from None
    if not key:
        raise OperatorError(f"{path} is empty. Put the old key there; if there never was one, delete the file.")
    return key


def _made(path: Path) -> str | None:
    """None where there is one already: of two commands that begin together only one makes it."""
    key = secrets.token_urlsafe(32)
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return None
    with os.fdopen(file, "w") as opened:
        opened.write(key)
    return key


def derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()
