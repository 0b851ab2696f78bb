"""Which visits came from one device, without keeping who: and how many newcomers one address may bring."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.web.devices import Devices
from bot.web.rates import Buckets
from bot.web.site import Limits
from storage.tables.honesty import web_devices
from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_a_digest_is_another_every_day_and_for_every_program() -> None:
    devices = Devices(b"secret")
    one = devices.digest("203.0.113.7", "Firefox", MONDAY)
    assert one == devices.digest("203.0.113.7", "Firefox", MONDAY)
    others = [devices.digest("203.0.113.7", "Firefox", TUESDAY), devices.digest("203.0.113.8", "Firefox", MONDAY)]
    others += [
        devices.digest("203.0.113.7", "Chrome", MONDAY),
        Devices(b"other").digest("203.0.113.7", "Firefox", MONDAY),
    ]
    assert one not in others


async def test_a_device_is_noted_once_a_day_and_no_address_is_kept(served: Village, nino: Visitor) -> None:
    for _time in range(2):
        await nino.say(start="")
    async with served.write.connect() as db:
        rows = (await db.execute(select(web_devices))).all()
    assert len(rows) == 1
    assert "127.0.0.1" not in str(rows)
    assert "httpx" not in str(rows)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_address_brings_only_so_many_newcomers_and_those_known_go_on(closed: Village) -> None:
    limits = Limits(newcomers_of_ip=Buckets(burst=2, rate=0.5))
    async with closed.open(limits=limits), Visitor(closed.base) as nino:
        assert (await nino.say(start="")).status_code == 202
        async with Visitor(closed.base) as gia, Visitor(closed.base) as eka:
            assert (await gia.say(start="")).status_code == 202
            refused = await eka.say(start="")
            assert (refused.status_code, refused.json()["error"]) == (429, "too_many_new")
            assert "goes out by itself" in refused.json()["message"]
        assert (await nino.say(text="x")).status_code == 202


def test_a_school_fits_behind_one_address() -> None:
    limits = Limits()
    assert [limits.newcomers_of_ip.take("school") for _pupil in range(60)] == [0] * 60
    assert limits.newcomers_of_ip.take("school") > 0
