"""Links that conversations hand out: what somebody else can open, or this computer where there is nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import build
from bot.settings import Settings
from domain.links import Links

TOKEN = "123456:AbC-dEf"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def links(**given: object) -> Links:
    return build(Settings.model_validate(given)).links


def test_without_any_setting_they_lead_to_this_computer() -> None:
    assert links() == Links(None, "http://127.0.0.1:8080")


def test_every_address_is_none_to_open() -> None:
    assert links(host="0.0.0.0", port=8123) == Links(None, "http://127.0.0.1:8123")  # noqa: S104


def test_a_public_address_is_everybodys() -> None:
    public = "https://mrgvali.example.ge"
    assert links(public_url=public) == links(public_url=public, telegram_token=TOKEN) == Links(None, public)


def test_with_telegram_alone_nobody_is_sent_to_this_computer() -> None:
    assert links(telegram_token=TOKEN) == Links(None, None)
