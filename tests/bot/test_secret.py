"""The program's own secret, kept beside a SQLite database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.secret import FILE, secret_key
from bot.settings import Settings


def settings(folder: Path) -> Settings:
    return Settings(database_url=f"sqlite+aiosqlite:///{folder}/mrgvali.db")


def test_it_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = secret_key(settings(tmp_path))
    assert len(key) > 40
    assert secret_key(settings(tmp_path)) == key
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_an_empty_one_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with pytest.raises(OperatorError, match="is empty"):
        secret_key(settings(tmp_path))
