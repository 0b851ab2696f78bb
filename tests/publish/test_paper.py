"""Papers: what people write is shown as they wrote it, in letters that every machine has."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publish import paper, qr

HARMFUL = [
    '#panic("run")',
    "#let data = 5; $x^2$ *bold* _slanted_ `code` @label <label>",
    '#image("/etc/passwd") #read("house.typ") #sys.inputs',
    "\\ \" ' // note /* note */ = heading\n- list\n+ list",
    "]] #] )} {(",
]


@pytest.fixture(autouse=True, scope="module")
def _with_a_plain_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("templates")
    for template in (*paper.TEMPLATES.glob("*.typ"), *(Path(__file__).parent / "templates").glob("*.typ")):
        shutil.copy(template, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper, "TEMPLATES", folder)
        yield


def text_of(content: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(content)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    said = subprocess.run(["pdftotext", "-layout", folder / "paper.pdf", "-"], capture_output=True, check=True)  # noqa: S603, S607
    return said.stdout.decode()


@pytest.mark.parametrize("words", HARMFUL)
def test_markup_in_a_persons_words_is_only_shown(words: str, tmp_path: Path) -> None:
    shown = text_of(paper.pdf("plain", {"title": words, "lines": [words]}), tmp_path)
    assert "".join(shown.split()).count("".join(words.split())) == 2


def test_georgian_can_be_copied_from_the_paper_again(tmp_path: Path) -> None:
    sentence = "მრგვალი მაგიდა, 2026 წლის 14 ოქტომბერი: „წყალი“, 500 ₾"
    assert sentence in text_of(paper.pdf("plain", {"title": "ოქმი", "lines": [sentence]}), tmp_path)


def test_every_language_of_the_villages_has_its_letters(tmp_path: Path) -> None:
    lines = ["Kəndimizə su lazımdır, şagirdlər üçün", "Нашей деревне нужна вода", "Մեր գյուղին ջուր է պետք"]
    shown = text_of(paper.pdf("plain", {"title": "წყალი", "lines": lines}), tmp_path)
    assert [line in shown for line in lines] == [True] * 3


def test_ten_thousand_characters_without_a_space_stay_on_the_paper(tmp_path: Path) -> None:
    shown = text_of(paper.pdf("plain", {"title": "წყალი", "lines": ["წ" * 10_000, "ბოლო"]}), tmp_path)
    assert shown.count("წ") == 10_001
    assert max(len(line.strip()) for line in shown.splitlines()) < 120


def test_an_emoji_leaves_no_empty_box() -> None:
    with_it, without = [paper.svg("plain", {"title": words, "lines": []}) for words in ("🛣️ გზა 🙂", "გზა ")]
    assert with_it == without


def test_the_same_paper_is_the_same_file_twice() -> None:
    data = {"title": "წყალი", "lines": ["გზა"]}
    assert paper.pdf("plain", data) == paper.pdf("plain", data)


def test_pictures_are_handed_in_as_bytes(tmp_path: Path) -> None:
    data = {"title": "წყალი", "lines": [], "images": ["qr.png"]}
    made = paper.png("plain", data, images={"qr.png": qr.png("https://example.org")}, ppi=72)
    (tmp_path / "made.png").write_bytes(made)
    with Image.open(tmp_path / "made.png") as picture:
        assert picture.width == 420  # 148 mm at 72 pixels an inch


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_no_words_break_a_paper(words: str) -> None:
    assert paper.pdf("plain", {"title": words, "lines": [words]}).startswith(b"%PDF")
