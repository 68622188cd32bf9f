"""Picture files: valid, self-contained, with every word whole, in its place, and harmless."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventkit.web import dots, plot
from eventkit.web.figure_charts import Answer, Chart, Published, plotted, rows
from eventkit.web.figure_file import FigureFile, standalone
from eventkit.web.figure_ladder import laddered
from eventkit.web.flags import SCREEN, Flag
from eventkit.web.ladder import Ladder, Rung
from eventkit.web.paint import tokens
from eventkit.web.ranges import Figure
from eventkit.web.scale import scale, text_width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\u0338<script>alert(1)</script> ]]> &amp; \u202eabc\x00\x1b\ufffe\ud800"
LONGEST_OPTION, LONGEST_QUESTION = 60, 140


def answers(text: str = "Benefit delay", count: int = 5) -> Chart:
    published = (Published("Scotland", "26 %"), Published(text, "31 %", local=True))
    return rows(
        [Answer(i, "ABCDE"[i], text, 1 - i / 5, "1,205", "(29 %)", published if i == 1 else ()) for i in range(count)]
    )


def ranking(text: str = "Education", count: int = 5) -> Chart:
    rungs = [
        Rung(i, "ABCDE"[i], text, min(i, 2) + 1, (9,) * count, "put first by 9 of 42", i // 2 * 2 + 1, "£74.2bn")
        for i in range(count)
    ]
    return laddered(Ladder(rungs, ("1st", "2nd", "3rd", "4th", "5th")[:count], "Our order", "Published"))


def on_scale(text: str = "Great Britain") -> Chart:
    bars = [plot.Bar(i, "AB"[i], f"{value} %", value, "21", "(50 %)", 0.5) for i, value in enumerate((7, 27))]
    found = scale([7, 27], [plot.label_width(bar, SCREEN) for bar in bars], SCREEN.width)
    assert found
    flags = {"room": Flag("Most of us", "27 %", 27), "national": Flag(text[:12], "7 %", 7)}
    return plotted(plot.draw(plot.Plot(bars, found, **flags), SCREEN))


def guesses(text: str = "Great Britain") -> Chart:
    figure = Figure(Flag(text[:12], "84 %", 84), 80, 88)
    return plotted(dots.draw(dots.Dots([(55, 20), (60, 22)], 0, 100, "{} %", national=figure), SCREEN))


CHARTS = {"rows": answers, "ranking": ranking, "plot": on_scale, "dots": guesses}
drawn_by = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)


def file(chart: Chart, text: str = "What share was claimed fraudulently?") -> FigureFile:
    return FigureFile(text, f"{text} · 18 May 2016", chart, text, ["n = 42 of 42."], [f"Scotland: {text}"], text)


def written(figure: FigureFile) -> list[ET.Element]:
    return ET.fromstring(standalone(figure)).findall(f".//{SVG}text")


@drawn_by
def test_file_is_a_picture_of_its_own(chart: Callable[[], Chart]) -> None:
    found = standalone(file(chart()))
    root = ET.fromstring(found)
    assert (root.tag, root.get("width"), root.get("viewBox")) == (f"{SVG}svg", "1600", "0 0 1600 900")
    assert {part.tag.removeprefix(SVG) for part in root.iter()} <= set(
        "svg title desc rect circle path line text tspan g defs pattern".split()
    )
    assert re.findall(r"style|class=|var\(|href|@import|https?://(?!www\.w3\.org/2000/svg)", found) == []
    assert set(re.findall(r"url\(([^)]*)\)", found)) <= {f"#cut-{fill}" for fill in "abcde"}


@drawn_by
def test_hostile_words_stay_words(chart: Callable[[str], Chart]) -> None:
    root = ET.fromstring(standalone(file(chart(HOSTILE), HOSTILE)))
    assert root.findall(f".//{SVG}script") == []
    assert root.findtext(f"{SVG}title") == "\u0338<script>alert(1)</script> ]]> &amp; \u202eabc"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=LONGEST_QUESTION))
def test_any_words_give_valid_xml(text: str) -> None:
    figure = file(answers(text[:LONGEST_OPTION], 3), text)
    drawn, typed = (
        "".join(re.sub(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", words).split())
        for words in ("".join(part.text or "" for part in written(figure)), text)
    )
    assert drawn.count(typed) >= 4  # question, sentence, source, event


@pytest.mark.parametrize("chart", [answers, ranking], ids=["rows", "ranking"])
@pytest.mark.parametrize("word", ["W", "mm ", "ذ", "a household "])
def test_words_of_any_length_keep_within_the_file_and_apart(chart: Callable[[str], Chart], word: str) -> None:
    typed = (word * LONGEST_QUESTION)[:LONGEST_QUESTION]
    lines = written(file(chart(typed[:LONGEST_OPTION]), typed))
    own = [line for line in lines if line.get("text-anchor") != "middle"]  # middle: letters of marks, counts
    assert [line.text for line in own if not _within(line)] == []
    tops = [(float(line.get("y", 0)), float(line.get("font-size", 0))) for line in own if _in_the_words(line)]
    assert [upper for upper, lower in pairwise(tops) if lower[0] - upper[0] < upper[1]] == []


@pytest.mark.parametrize("word", ["W", "a household "])
def test_words_give_way_to_the_chart(word: str) -> None:
    figure = replace(file(answers(), (word * 400)[:400]), notes=[word * 30] * 3, sources=[word * 30] * 2)
    chart = ET.fromstring(standalone(figure)).findall(f"{SVG}svg[@overflow='visible']")
    assert [float(part.get("height", 0)) >= 380 for part in chart] == [True]


def test_a_right_to_left_question_begins_on_the_right() -> None:
    line = written(file(answers(), "מה החלק של הונאה?"))[-4]
    assert (line.get("direction"), line.get("x")) == ("rtl", "1540.0")


def test_colours_are_those_of_the_light_theme() -> None:
    drawn = ET.fromstring(standalone(file(on_scale())))
    fills = {part.get("fill") for part in drawn.iter() if part.get("fill", "").startswith("#")}
    known = tokens("light")
    assert {known[name] for name in ("paper", "ink", "accent-deep", "option-a")} <= fills <= set(known.values())


def test_a_plot_takes_the_height_that_the_words_leave() -> None:
    placed = on_scale()(1480, 500)
    assert re.findall(r'<svg y="([\d.]+)" width="1480.0" height="([\d.]+)" class="(\w+)', placed) == [
        ("0.0", "93.5", "above"),
        ("93.5", "301.1", "field"),
        ("394.6", "105.4", "below"),
    ]


def _within(line: ET.Element) -> bool:
    """The file's own lines end at 1540; those of a chart, which begins at 60, at 1480 of its own."""
    size, x = float(line.get("font-size", 0)), float(line.get("x", 0))
    wide = size * text_width(line.text or "", serif=line.get("font-family") == tokens()["serif"])
    leftward = line.get("text-anchor") == "end" or line.get("direction") == "rtl"
    begin = x - wide if leftward else x
    return begin >= -1 and begin + wide <= 1541


def _in_the_words(line: ET.Element) -> bool:
    return line.get("x") in {"60.0", "1540.0"} and float(line.get("y", 0)) > 500
