"""The tree keeps its words, names and positions right whatever is changed, and reads no dangerous XML."""

import pytest

from domain.forms.reading import NotXML, parse
from domain.forms.tree import ATTRIBUTE, COMMENT, DOCTYPE, ELEMENT, INSTRUCTION, TEXT, Node


def test_every_kind_of_node_is_a_child_as_in_the_dom() -> None:
    root = parse("<!DOCTYPE a><a>one<b/><![CDATA[two]]><!-- three --><?four five?></a>")
    assert [child.kind for child in root.children] == [DOCTYPE, ELEMENT]
    assert [child.kind for child in root.children[1].children] == [TEXT, ELEMENT, TEXT, COMMENT, INSTRUCTION]
    assert root.text == "onetwo"


def test_text_beside_a_cdata_section_stays_a_node_of_its_own() -> None:
    inside = parse("<a>one<![CDATA[two]]></a>").elements[0]
    assert [child.content for child in inside.children] == ["one", "two"]
    assert inside.text == "onetwo"


def test_attributes_keep_prefix_namespace_and_order() -> None:
    root = parse('<a xmlns:jr="u" jr:count="/n" id="x" xml:lang="ka"/>').elements[0]
    assert [(one.qualified, one.namespace) for one in root.attributes][:2] == [("jr:count", "u"), ("id", None)]
    assert (root.attribute("jr:count"), root.attribute("xml:lang"), root.attribute("none")) == ("/n", "ka", None)
    assert {one.kind for one in root.attributes} == {ATTRIBUTE}


def test_a_repeat_knows_its_number_when_others_come_and_go() -> None:
    root = Node("data")
    first, second, third = (root.append(Node("member", name)) for name in ("a", "b", "c"))
    assert [row.position for row in root.named("member")] == [1, 2, 3]
    root.remove(first)
    between = root.insert_after(second, Node("member", "d"))
    assert [(row.text, row.position) for row in root.named("member")] == [("b", 1), ("d", 2), ("c", 3)]
    assert (between.position, third.position) == (2, 3)


def test_a_row_of_siblings_is_interrupted_by_another_name() -> None:
    root = parse("<a><x/><y/><x/><x/></a>").elements[0]
    assert [node.position for node in root.named("x")] == [1, 1, 2]


def test_setting_words_puts_them_in_place_of_what_was_inside() -> None:
    root = parse("<a><b>1</b><b>2</b></a>").elements[0]
    root.named("b")[0].text = "9"
    assert root.text == "92"
    root.text = "plain"
    assert (root.text, root.elements, root.named("b")) == ("plain", [], [])
    root.text = ""
    assert (root.text, root.children) == ("", [])


def test_an_element_that_gets_and_loses_elements_still_says_its_words() -> None:
    root = Node("a", "words")
    child = root.append(Node("b", "!"))
    assert root.text == "words!"
    child.text = "?"
    assert root.text == "words?"
    root.remove(child)
    assert root.text == "words"


def test_a_copy_is_whole_and_its_own() -> None:
    root = parse('<a k="1"><b>x</b></a>').elements[0]
    twin = root.copy()
    twin.named("b")[0].text = "y"
    twin.set_attribute("k", "2")
    assert (root.text, twin.text, root.attribute("k"), twin.attribute("k")) == ("x", "y", "1", "2")
    assert twin.named("b")[0].parent is twin
    assert twin.parent is None


def test_the_empty_node_set_is_never_filled() -> None:
    one, other = Node("a"), Node("b")
    one.append(Node("c"))
    assert other.children == []


BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE])
def test_entities_are_refused(xml: str) -> None:
    with pytest.raises(NotXML, match="declares entities"):
        parse(xml)


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    assert parse('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>1</a>').text == "1"


@pytest.mark.parametrize("xml", ["", "<a>", "<a></b>", "<a/><b/>", "words", b"\xff\xfe\x00"])
def test_what_is_no_xml_is_said_with_its_line(xml: str | bytes) -> None:
    with pytest.raises(NotXML, match="Line 1: "):
        parse(xml)


def test_a_tower_of_elements_is_refused() -> None:
    with pytest.raises(NotXML, match="inside each other"):
        parse("<a>" * 5000 + "</a>" * 5000)
