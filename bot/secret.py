"""The program's own secret: it signs the ledger's heads, and other secrets are made from it."""

from __future__ import annotations

import hashlib
import hmac
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
        return path.read_text().strip()
    except FileNotFoundError:
        key = secrets.token_urlsafe(32)
        path.touch(mode=0o600)
        path.write_text(key)
        return key
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be read ({error.strerror}). Mend its rights, or set MRGVALI_SECRET_KEY."
        ) from None


def derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()
