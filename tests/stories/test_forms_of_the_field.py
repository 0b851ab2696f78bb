"""Six public forms are answered to the end on the web chat, and send what another engine would for the same answers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.form_jobs import drafted
from bot.web.site import Limits
from domain.forms.xlsform.faults import Faulty, Reason, Repair
from storage.forms import Draft
from tests.fakes import xforms_oracle
from tests.stories.form_walker import Walker
from tests.stories.forms import picture, put
from tests.stories.stuffers import PATIENT, web_of
from tests.stories.valley import Valley
from tests.stories.web_phone import WebPhone

FOLDER = Path(__file__).parents[3] / "shared" / "checks" / "forms"
FORMS = sorted(path.name for path in FOLDER.glob("*.xls*")) or [""]
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CITIES = b"""{"type": "FeatureCollection", "features": [
 {"type": "Feature", "id": "a", "geometry": {"type": "Point", "coordinates": [44.8, 41.7]},
  "properties": {"id": "tbilisi", "title": "Tbilisi", "name": "tbilisi"}},
 {"type": "Feature", "id": "b", "geometry": {"type": "Point", "coordinates": [42.7, 42.3]},
  "properties": {"id": "kutaisi", "title": "Kutaisi", "name": "kutaisi"}}]}"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", FORMS)
async def test_it_is_answered_to_the_end_as_elsewhere(
    valley: Valley, database_url: str, tmp_path: Path, name: str
) -> None:
    if not name:
        pytest.skip("the forms of the field are not here (../shared/checks/forms)")
    await xforms_oracle.ready()
    valley.town.clock.move_to(datetime.now(UTC).replace(microsecond=0))  # the other engine has no clock to move
    (tmp_path / "cities.geojson").write_bytes(CITIES)
    draft, files = complete(name, {"cities.geojson": CITIES})
    call = await put(valley, draft.source, files=files)
    slow = Limits(by_ip=PATIENT, by_person=PATIENT, photos=PATIENT)  # who is faster than people waits as long as they
    async with web_of(valley, database_url, tmp_path, slow) as web:
        [session] = await web.welcomed(1)
        phone = WebPhone(web, session)
        await phone.start(f"f{call}")
        await phone.tap("Let us begin")
        walker = Walker(valley, phone, seed=7)
        filling = await walker.to_the_end()
    theirs = await xforms_oracle.submission(tmp_path, draft.xform, walker.told, tmp_path)
    assert sent(filling.session.submission_xml(), draft.xform) == sent(theirs, draft.xform)


def complete(name: str, files: dict[str, bytes]) -> tuple[Draft, dict[str, bytes]]:
    """With a picture for each that the form shows: the archives that the forms came from hold none."""
    try:
        return drafted((FOLDER / name).read_bytes(), name, files, set(Repair))[0], files
    except Faulty as faulty:
        missing = {each.value: picture("green") for each in faulty.faults if each.reason is Reason.NO_FILE}
        if not missing:
            raise
    return complete(name, files | missing)


def sent(xml: str, xform: str) -> list[tuple[str, str]]:
    """The leaves of a submission, without what each engine makes up for itself: moments, numbers, devices."""
    own = {bind.rpartition("/")[2] for bind in re.findall(r'nodeset="([^"]+)"[^>]*jr:preload=', xform)}
    own |= {bind.rpartition("/")[2] for bind in re.findall(r'jr:preload="[^"]*"[^>]*nodeset="([^"]+)"', xform)}
    chance = r'calculate="[^"]*(?:random|uuid|now)\([^"]*"'
    drawn = {bind.rpartition("/")[2] for bind in re.findall(rf'nodeset="([^"]+)"[^>]*{chance}', xform)}
    drawn |= {bind.rpartition("/")[2] for bind in re.findall(rf'{chance}[^>]*nodeset="([^"]+)"', xform)}
    own |= leaning(xform, drawn)
    own |= {ref.rpartition("/")[2] for ref in re.findall(r'<upload [^>]*ref="([^"]+)"', xform)}
    return [leaf for leaf in leaves(ET.fromstring(xml), "") if leaf[0].rpartition("/")[2] not in own]  # noqa: S314


def leaning(xform: str, own: set[str]) -> set[str]:
    """Those, and what is calculated from them: one child of several, drawn by chance."""
    binds = [bind.attrib for bind in ET.fromstring(xform).iter("{http://www.w3.org/2002/xforms}bind")]  # noqa: S314
    reads = [(each["nodeset"], set(re.findall(r"[\w-]+", each.get("calculate", "")))) for each in binds]
    found = {nodeset.rpartition("/")[2] for nodeset, names in reads if names & own}
    return own if found <= own else leaning(xform, own | found)


def leaves(element: ET.Element, path: str) -> list[tuple[str, str]]:
    here = f"{path}/{element.tag.rpartition('}')[2]}"
    if not len(element):
        return [(here, UUID.sub("uuid", (element.text or "").strip()))]
    return [leaf for child in element for leaf in leaves(child, here)]
