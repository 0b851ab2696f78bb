import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.words.alike import SAME, likeness
from domain.words.index import Index


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("წყალი არ გვაქვს", "წყლის პრობლემა"),
        ("wyali ar gvaqvs", "სასმელი წყალი არ მოდის სოფელში"),
        ("გზაზე სულ ორმოებია", "ასფალტი დასაგებია"),
        ("ქუჩაში ღამით ბნელა", "გარე განათება გვინდა"),
        ("ბაღის სახურავიდან წვიმა ჩამოდის", "საბავშვო ბაღს სახურავი აქვს გასაკეთებელი"),
        ("no drinking water", "წყალი არ გვაქვს"),
        ("нет воды", "su yoxdur"),
        ("ამბულატორიაში ექიმი არ დადის", "ექიმი არ გვყავს"),
        ("ამბულატორიია", "ამბულატორია"),
    ],
)
def test_the_same_need_in_other_words(one: str, other: str) -> None:
    assert likeness(one, other) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("განათება არ არის", "განათლება"),
        ("გარე განათება", "საბავშვო ბაღის განათება"),
        ("სასმელი წყალი", "სარწყავი წყალი"),
        ("სკოლის სახურავი", "საბავშვო ბაღის სახურავი"),
        ("ავტობუსი არ დადის", "ავტობუსის გაჩერება გვინდა"),
        ("გზა ცუდია", "ხიდი დანგრეულია"),
        ("ძალიან გვიჭირს", "ძალიან გვინდა"),
        ("", "წყალი"),
    ],
)
def test_what_only_looks_the_same(one: str, other: str) -> None:
    assert likeness(one, other) < SAME


sentences = st.lists(
    st.sampled_from("წყალი გზა ბაღის სახურავი განათება სკოლა ხიდი ავტობუსი გადასახურია მოშორებული უბნის".split()),
    max_size=5,
).map(" ".join)


@given(sentences, sentences)
def test_likeness_goes_both_ways_and_from_nothing_to_all(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0.0 <= likeness(one, other) <= 1.0


@given(st.lists(sentences, max_size=20), sentences)
def test_the_index_finds_what_a_look_at_every_sentence_finds(said: list[str], asked: str) -> None:
    index = Index(enumerate(said))
    every = sorted(
        ((at, likeness(asked, each)) for at, each in enumerate(said) if likeness(asked, each) >= SAME),
        key=lambda pair: (-pair[1], pair[0]),
    )
    assert [found.key for found in index.like(asked, at_most=50)] == [at for at, _share in every]
