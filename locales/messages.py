"""Brings the catalogues in line with the sentences of the code: `python -m locales.messages` (make messages).

Translations are kept, sentences that are gone are dropped, new ones wait with an empty translation. No line numbers
and no dates, sorted, one line each: so that the work of two people merges.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir
from polib import POEntry, POFile, pofile

from locales import FOLDER, FOR_RESIDENTS, LANGUAGES, SOURCE, path
from locales.residents import speaks_to_them

SPEAKING = ("bot", "conversations", "domain", "publish", "scheduler")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"_": None, "ngettext": (1, 2)}

Sentence = tuple[str, str | None]


def sentences(language: str) -> set[Sentence]:
    """Every (sentence, plural or None) that the program can say in this language."""
    everything = language not in FOR_RESIDENTS
    found = {
        sentence
        for folder in SPEAKING
        for file, sentence in _found_in(FOLDER.parent / folder)
        if everything or speaks_to_them(file)
    }
    counted = {one for one, many in found if many is not None}
    return {(one, many) for one, many in found if many is not None or one not in counted}


def _found_in(folder: Path) -> Iterator[tuple[str, Sentence]]:
    """With the file that says it, seen from the project's folder."""
    for file, _line, message, _comments, _context in extract_from_dir(folder, METHODS, keywords=KEYWORDS):
        yield f"{folder.name}/{file}", (message, None) if isinstance(message, str) else (message[0], message[1])


def renew(catalogue: POFile, said: set[Sentence]) -> POFile:
    known = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    renewed = POFile(wrapwidth=0)
    renewed.header = catalogue.header
    renewed.metadata = catalogue.metadata
    forms = _plural_forms(catalogue)
    renewed.extend(_entry(known.get(one), one, many, forms) for one, many in sorted(said, key=lambda pair: pair[0]))
    return renewed


def _plural_forms(catalogue: POFile) -> int:
    """Georgian has one, Armenian two, Russian three."""
    found = re.search(r"nplurals *= *(\d)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 1


def _entry(known: POEntry | None, one: str, many: str | None, forms: int) -> POEntry:
    if known is not None and bool(known.msgid_plural) == bool(many):
        known.msgid_plural = many or ""
        if many is not None:
            known.msgstr_plural = {form: known.msgstr_plural.get(form, "") for form in range(forms)}
        return known
    if many is None:
        return POEntry(msgid=one)
    return POEntry(msgid=one, msgid_plural=many, msgstr_plural=dict.fromkeys(range(forms), ""))


def main() -> None:
    for language in LANGUAGES:
        if language != SOURCE:
            renewed = renew(pofile(str(path(language)), wrapwidth=0), sentences(language))
            renewed.save(str(path(language)))
            print(f"{language}: {len(renewed)} sentences, {len(renewed.untranslated_entries())} to be translated")


if __name__ == "__main__":
    main()
