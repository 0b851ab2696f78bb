"""Papers to be written on in Word or LibreOffice: A4, in letters that have Georgian.

Words are only ever text there: there is no markup that they could become.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell

from locales import _
from publish import sums

FONT = "Sylfaen"  # on every Windows; LibreOffice takes another font that has the letters
ALL_LETTERS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")  # Word chooses by these four, and Georgian may be any
BY_THEME = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")
STYLES = ("Normal", "Title", "Heading 1", "Table Grid")
ENDING = re.compile("₾-(?=[აეიოუს])")  # ₾-ის is ლარის
BEFORE = re.compile(r"(?<!\d)(?<!\d\s)₾\s?(\d{1,3}(?:\s\d{3})+|\d[\d.,]*\d|\d)")  # ₾ 45 000
BEHIND = re.compile(r"(?<=\d)\s?₾")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # a file with them opens nowhere
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
CENTER = WD_ALIGN_PARAGRAPH.CENTER


class WordPaper:
    """One document, from the top to the bottom."""

    def __init__(self) -> None:
        self._paper: Document = docx.Document()
        section = self._paper.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
        section.top_margin = section.bottom_margin = Cm(2)
        for name, size in zip(STYLES, (11, 16, 12.5, 10.5), strict=True):
            _lettered(self._paper, name, size)

    def title(self, words: str) -> None:
        self._paper.add_paragraph(clean(words), style="Title").alignment = CENTER

    def heading(self, words: str) -> None:
        self._paper.add_paragraph(clean(words), style="Heading 1")

    def say(self, words: str, align: WD_ALIGN_PARAGRAPH | None = None) -> None:
        for line in clean(words).split("\n"):
            paragraph = self._paper.add_paragraph(line)
            if align is not None:
                paragraph.alignment = align

    def strong(self, words: str) -> None:
        paragraph = self._paper.add_paragraph()
        paragraph.add_run(clean(words)).bold = True
        paragraph.paragraph_format.keep_with_next = True

    def signature(self, words: str) -> None:
        """Signatures stand on one page, with what comes after them."""
        self._paper.add_paragraph(clean(words)).paragraph_format.keep_with_next = True

    def number_pages(self) -> None:
        """Word and LibreOffice write the number of each page by themselves."""
        paragraph = self._paper.sections[0].footer.paragraphs[0]
        paragraph.alignment = CENTER
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = words
            run._r.append(element)  # noqa: SLF001 - python-docx knows no fields

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float | None = None
    ) -> None:
        """`widths` in centimetres, `size` in points; the heads come again on every page."""
        table = self._paper.add_table(rows=0, cols=len(heads), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for at, row in enumerate([heads, *rows]):
            line = table.add_row()
            line.height = Cm(0.9)
            for cell, words, width in zip(line.cells, row, widths, strict=True):
                cell.text, cell.width = clean(words), Cm(width)
                _set(cell, size, bold=at == 0)
            if at == 0:
                row_element = line._tr  # noqa: SLF001 - python-docx has no other way to a repeated head
                row_element.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        below = self._paper.add_paragraph().paragraph_format  # else what follows touches the table's last line
        below.space_after, below.line_spacing = Pt(0), Pt(6)

    def picture(self, content: bytes, centimetres: float) -> None:
        self._paper.add_picture(BytesIO(content), width=Cm(centimetres))

    def file(self) -> bytes:
        made = BytesIO()
        self._paper.save(made)
        return made.getvalue()


def clean(words: str) -> str:
    """As it can be written, with the lari in letters: Sylfaen and LibreOffice's own fonts show an empty box for ₾."""
    kept = UNWRITABLE.sub("", words)
    if "₾" not in kept:
        return sums.whole(kept)
    spaced = sums.whole(BEHIND.sub(" ₾", BEFORE.sub(r"\1 ₾", kept)))
    return ENDING.sub("ლარ", spaced).replace("₾", _("lari"))


def _set(cell: _Cell, size: float | None, *, bold: bool) -> None:
    """Close together, and a head is a head: the room below a paragraph of the text is too much in a table."""
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(1)
        for run in paragraph.runs:
            run.bold = bold or None
            if size is not None:
                run.font.size = Pt(size)
    if bold:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F7E8E0")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx knows no shading


def _lettered(paper: Document, name: str, size: float) -> None:
    style = paper.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - all four are, in python-docx's own template
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in BY_THEME:
        fonts.attrib.pop(qn(theme), None)
    for letters in ALL_LETTERS:
        fonts.set(qn(letters), FONT)
    style.paragraph_format.space_after = Pt(6)
