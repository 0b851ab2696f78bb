"""What a form shows and plays comes with it, is looked at before it is published, and is made ready once."""

from __future__ import annotations

import io
import zipfile

import pytest

from bot import form_media as making
from bot.form_jobs import drafted
from domain.forms.xlsform.faults import Faulty, Reason
from tests.stories.forms import GARDEN, IMAGES


def test_a_missing_file_names_the_sheet_and_the_row() -> None:
    with pytest.raises(Faulty) as refused:
        drafted(GARDEN, "garden.md", {}, ())
    assert {(each.reason, each.value, each.sheet, each.row) for each in refused.value.faults} == {
        (Reason.NO_FILE, "garden.png", "survey", 2),
        (Reason.NO_FILE, "garden.mp3", "survey", 2),
        (Reason.NO_FILE, "fig.png", "choices", 2),
        (Reason.NO_FILE, "plum.png", "choices", 3),
    }


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        drafted(GARDEN, "garden.md", {**IMAGES, "plum.png": b"<svg/>"}, ())
    [fault] = refused.value.faults
    assert (fault.reason, fault.value, fault.sheet, fault.row) == (Reason.NO_PICTURE, "plum.png", "choices", 3)


def test_several_files_come_in_one_archive() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in IMAGES.items():
            archive.writestr(f"media/{name}", content)
    assert making.unpacked("fig.png", packed.getvalue()) == IMAGES
    assert making.unpacked("fig.png", b"PK\x03\x04broken") == {"fig.png": b"PK\x03\x04broken"}
