"""A picture comes in upright and without its secrets, and is shown to nobody else."""

from __future__ import annotations

import io
import zlib
from struct import pack

import httpx
import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from bot.pictures import LONGEST_SIDE, without_exif
from bot.web.files import MOST_BYTES
from tests.bot.web.village import Village
from tests.bot.web.visitor import Visitor


def jpeg(width: int = 40, height: int = 20) -> bytes:
    """Taken on its side, with the place and the phone written into it."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Model] = "Nino's phone"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (42.0, 5.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


def bomb() -> bytes:
    """A few bytes of PNG that claim to be a wall of 100,000 x 100,000."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body))

    header = pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


async def upload(visitor: Visitor, content: bytes, kind: str = "image/jpeg") -> httpx.Response:
    return await visitor.http.post("/chat/photos", content=content, headers={"Content-Type": kind})


async def test_a_photo_loses_its_secrets_and_stands_upright(nino: Visitor) -> None:
    photo = (await upload(nino, jpeg())).json()["photo"]
    shown = await nino.http.get(f"/media/{photo}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(shown.content)) as picture:
        assert (picture.size, len(picture.getexif())) == ((20, 40), 0)
    assert b"Nino" not in shown.content


async def test_a_photo_is_said_and_found_again(nino: Visitor) -> None:
    photo = (await upload(nino, jpeg())).json()["photo"]
    assert (await nino.say(photo=photo, text="the bridge")).status_code == 202
    assert [(one.get("photo"), one.get("text")) for one in await nino.history() if "own" in one] == [
        (photo, "the bridge")
    ]


async def test_nobody_sees_or_says_anothers_photo(served: Village, nino: Visitor) -> None:
    photo = (await upload(nino, jpeg())).json()["photo"]
    async with Visitor(served.base) as gia:
        assert (await gia.http.get(f"/media/{photo}")).status_code == 404
        answer = await gia.say(photo=photo)
        assert (answer.status_code, answer.json()["field"]) == (400, "photo")


async def test_a_photo_that_was_written_to_a_person_is_shown_to_them(served: Village, nino: Visitor) -> None:
    photo = (await upload(nino, jpeg())).json()["photo"]
    async with Visitor(served.base, phone="resident") as other:
        await other.say(start="")
        seq = (await other.next())["seq"]
        await served.write_to("resident", seq + 50, text="The bridge", photo=photo)
        assert (await other.http.get(f"/media/{photo}")).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("content", "kind", "status", "error"),
    [
        (b"not a picture", "image/jpeg", 415, "not_a_picture"),
        (b"", "image/png", 415, "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml", 415, "not_a_picture"),
        (jpeg()[:200], "image/jpeg", 415, "not_a_picture"),
        (bomb(), "image/png", 415, "not_a_picture"),
        (jpeg(), "application/json", 415, "not_a_picture"),
        (b"\xff" * (MOST_BYTES + 1), "image/jpeg", 413, "too_large"),
    ],
    ids=["text", "empty", "svg", "cut", "bomb", "kind", "twenty megabytes"],
)
async def test_what_is_no_picture_gets_a_typed_refusal(
    nino: Visitor, content: bytes, kind: str, status: int, error: str
) -> None:
    answer = await upload(nino, content, kind)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_a_list_is_taken_as_it_is_and_found_again(nino: Visitor) -> None:
    answer = await nino.http.post("/chat/documents", content="სოფელი\n".encode(), headers={"Content-Type": "text/csv"})
    document = answer.json()["document"]
    assert (await nino.say(document=document, name="places.csv")).status_code == 202
    assert [one["name"] for one in await nino.history() if "own" in one] == ["places.csv"]
    shown = await nino.http.get(f"/media/{document}")
    assert shown.headers["content-disposition"] == 'attachment; filename="mrgvali.csv"'
    assert shown.content.decode() == "სოფელი\n"


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_other_kinds_of_files_are_refused(nino: Visitor, kind: str) -> None:
    answer = await nino.http.post("/chat/documents", content=b"x", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]) == (415, "not_a_document")


@pytest.mark.parametrize("name", ["../village.db", "..%2fvillage.db", "", "x" * 300])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_name_leads_to_another_file(nino: Visitor, name: str) -> None:
    assert (await nino.http.get(f"/media/{name}")).status_code == 404


def test_a_great_photo_is_made_small() -> None:
    out = io.BytesIO()
    Image.new("RGB", (5000, 4000), "teal").save(out, "JPEG")
    with Image.open(io.BytesIO(without_exif(out.getvalue()))) as picture:
        assert max(picture.size) <= LONGEST_SIDE
