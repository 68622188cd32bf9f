"""What the evidence says against itself, at the sheet, row and column where it stands in the plan."""

from pathlib import Path

from eventkit.sheet import Level, Problem
from tests.plan.writing import DAY, EVENT, FIGURE, POLL, opened, toml, warned, workbook, wrong

RATIO = """
qualifier = "under"
numerator_value = 332000
numerator_qualifier = "over"
denominator_value = 395000
denominator_qualifier = "over"
"""


def _option(poll: str, letter: str, text: str, line: str = "") -> str:
    return f'[[options]]\npoll_id = "{poll}"\noption_id = "{letter}"\ntext = "{text}"\n{line}\n'


def _myth(number: int) -> str:
    head = f'[[polls]]\npoll_id = "m{number}"\nformat = "myth"\nquestion = "True?"\nlocal_statistic = "s1"\n'
    return head + _option(f"m{number}", "A", "True") + _option(f"m{number}", "B", "False", "correct = true")


def test_the_reports_own_sentence_is_warned_of_and_does_not_block(tmp_path: Path) -> None:
    path = toml(tmp_path, EVENT + FIGURE.replace("value = 84", "value = 85") + RATIO)
    assert wrong(path) == []
    sentence = "The counts over 332,000 of over 395,000 give 83.8 to 84.3 %, not under 85 %. Look them up once more."
    assert warned(path) == [f"statistics, row 1, value: {sentence}"]


def test_impossible_percentage_blocks_at_its_row(tmp_path: Path) -> None:
    sheets = {
        "event": [["field", "value"], ["event_id", "day"], ["title", "Day"], ["date", "2016-05-18"]],
        "statistics": [["statistic_id", "measure", "value", "unit"], ["s1", "m", 84, "%"], ["s2", "m", 140, "%"]],
    }
    assert [line.split(": ")[0] for line in wrong(workbook(tmp_path, sheets))] == ["statistics, row 3, value"]


def test_figures_of_one_poll_that_are_not_of_a_kind_are_warned_of_at_the_poll(tmp_path: Path) -> None:
    other = FIGURE.replace('"s1"', '"s2"').replace('unit = "%"', 'unit = "people"')
    text = EVENT + FIGURE + other + POLL.replace('"s1"', '"s1"\nlocal_statistic = "s2"')
    assert warned(toml(tmp_path, text)) == [
        "polls, row 1, local_statistic: The two figures have different units: % and people."
    ]


def test_option_near_the_figure_and_options_near_each_other_are_told_at_their_rows(tmp_path: Path) -> None:
    text = DAY.replace('text = "10 %"\nvalue = 10', 'text = "84.3 %"\nvalue = 84.3')
    found = opened(toml(tmp_path, text))[1]
    assert [(each.sheet, each.row, each.column, each.level) for each in found] == [
        ("options", 2, "text", Level.WARN),
        ("options", 2, "value", Level.NOTE),
    ]


def test_deck_that_leans_is_noted_once(tmp_path: Path) -> None:
    text = EVENT + FIGURE + "".join(_myth(number) for number in range(3))
    assert opened(toml(tmp_path, text))[1] == [
        Problem("polls", None, "format", "3 of 3 myths are false. Turn some of them round.", Level.NOTE)
    ]


def test_ranking_with_a_tie_is_warned_of_at_the_item(tmp_path: Path) -> None:
    figures = "".join(
        FIGURE.replace('"s1"', f'"r{number}"').replace("value = 84", f"value = {value}")
        for number, value in enumerate((10.5, 8.5, 8.5))
    )
    items = "".join(_option("r", letter, letter, f'statistic_id = "r{n}"') for n, letter in enumerate("ABC"))
    poll = '[[polls]]\npoll_id = "r"\nformat = "ranking"\nquestion = "Which is most?"\n'
    assert (
        "options, row 3, statistic_id: This is no different from r1, or too near to tell: either order will count as "
        "right."
    ) in warned(toml(tmp_path, EVENT + figures + poll + items))
