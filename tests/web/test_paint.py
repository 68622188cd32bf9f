"""Looks that a picture carries along: the rules of our own style sheets, with the values of the tokens."""

from xml.etree import ElementTree as ET

from eventkit.web.paint import Part, _rules, declared, paint, tokens

PLOT = Part("svg", frozenset({"plot"}))


def painted(markup: str) -> ET.Element:
    drawing = ET.fromstring(markup)
    paint(drawing)
    return drawing


def test_tokens_are_those_of_the_theme() -> None:
    assert (tokens("light")["paper"], tokens("dark")["paper"]) == ("#ffffff", "#10141a")
    assert tokens("dark")["serif"] == tokens("light")["serif"]


def test_a_rule_holds_only_inside_what_it_names() -> None:
    text = Part("text", frozenset({"number"}))
    assert declared(text, (PLOT,))["font-size"] == "2.1em"
    assert "font-size" not in declared(text)
    assert declared(text, (PLOT, Part("g", frozenset()))) == declared(text, (PLOT,))


def test_the_more_exact_rule_wins() -> None:
    known = tokens()
    drawing = painted('<svg class="plot"><text class="on-flag"/><text/></svg>')
    assert [text.get("fill") for text in drawing] == [known["paper"], known["ink"]]
    weights = [rule.weight for rule in _rules()]
    assert weights == sorted(weights)


def test_a_font_is_written_as_its_parts() -> None:
    drawing = painted('<svg class="plot"><text class="answer"/></svg>')
    wanted = {"font-weight": "700", "font-size": "1.42em", "font-family": tokens()["serif"]}
    assert {name: drawing[0].get(name) for name in wanted} == wanted


def test_nothing_of_the_page_comes_along() -> None:
    drawing = painted('<svg class="plot"><rect class="up grow settle"/><svg class="above"/></svg>')
    assert [set(part.attrib) <= {"font-family", "overflow"} for part in drawing.iter()] == [True] * 3
