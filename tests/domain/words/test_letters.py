from domain.words import letters


def test_mtavruli_becomes_ordinary_georgian() -> None:
    assert letters.plain("ᲬᲧᲐᲚᲘ") == "წყალი"


def test_the_quotes_of_old_documents_are_quotes_only_as_a_pair_around_georgian() -> None:
    assert letters.unquoted("ჯგუფი `იმედი~ და `ნუგეში…") == "ჯგუფი „იმედი“ და „ნუგეში“"
    assert letters.unquoted("ls `pwd~") == "ls `pwd~"
    assert letters.unquoted("წყალი … და გზა ~ 5 კმ") == "წყალი … და გზა ~ 5 კმ"


def test_what_was_typed_on_the_old_keyboard_is_read_letter_by_letter() -> None:
    assert letters.from_acad("saqarTvelo") == "საქართველო"
    assert letters.from_acad("wyali, gzebi, SuSa") == "წყალი, გზები, შუშა"


def test_a_russian_word_with_latin_letters_in_it_is_russian() -> None:
    assert letters.words("дopoга к шкoле") == ["дорога", "к", "школе"]


def test_words_are_what_stands_between_signs() -> None:
    assert letters.words(letters.plain("გზა-კვალი, 5 კმ; „ბაღი“?")) == ["გზა", "კვალი", "5", "კმ", "ბაღი"]
