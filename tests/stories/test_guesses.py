from datetime import timedelta

from domain.codes import PER, TRIES
from storage import guesses
from tests.stories.valley import Valley
from tests.town import MONDAY_NOON


async def test_after_five_wrong_codes_an_hour_must_pass(valley: Valley) -> None:
    await valley.resident("nino")
    await valley.resident("eka")
    nino, eka = await valley.person("nino"), await valley.person("eka")
    async with valley.town.engine.begin() as db:
        for _time in range(TRIES):
            assert not await guesses.too_many(db, person_id=nino, now=MONDAY_NOON)
            await guesses.note(db, person_id=nino, now=MONDAY_NOON)
        assert await guesses.too_many(db, person_id=nino, now=MONDAY_NOON)
        assert not await guesses.too_many(db, person_id=eka, now=MONDAY_NOON)
        assert not await guesses.too_many(db, person_id=nino, now=MONDAY_NOON + PER + timedelta(seconds=1))
