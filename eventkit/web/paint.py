"""The colours and rules of our own style sheets, for pictures that leave the page and must carry their looks along.

A picture file gets them as attributes, not in a style element: browsers apply our content security policy to pictures
too, and office programs understand attributes best.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).parent.parent / "static"
SHEETS = ("base.css", "reveal.css", "dots.css")
PAINTED = frozenset(
    "fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity "
    "paint-order text-anchor font-family font-size font-weight font-variant-numeric letter-spacing overflow".split()
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AT_BLOCK = re.compile(r"@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
FONT = re.compile(r"(?:(\d{3}) )?([\d.]+(?:em|px))(?:/\S+)? (.+)")
OF_A_WINDOW = re.compile(r"\d(?:vh|vw|rem)\b|calc\(")


@dataclass(frozen=True)
class Part:
    """One step of a selector: "text.on-flag" is the tag "text" with the class "on-flag"."""

    tag: str
    classes: frozenset[str]

    def names(self, other: "Part") -> bool:
        """Whether an element that is `other` is meant."""
        return self.tag in {"", other.tag} and self.classes <= other.classes


@dataclass(frozen=True)
class Rule:
    """Declarations for elements that match `path`, outermost first; `weight` is its place in the cascade."""

    path: tuple[Part, ...]
    declared: tuple[tuple[str, str], ...]
    weight: tuple[int, int]


@cache
def tokens(theme: str = "light") -> dict[str, str]:
    """Name and value of each design token, without "--": {"ink": "#14181f", …}. `theme` is "light" or "dark"."""
    blocks = RULE.findall(COMMENT.sub("", (FOLDER / "tokens.css").read_text("utf-8")))
    found: dict[str, str] = {}
    for selector, body in blocks:
        if selector.strip() == ":root" and not found:
            found = _declarations(body)
        elif selector.strip() == f':root[data-theme="{theme}"]':
            found = found | _declarations(body)
    return {name.removeprefix("--"): value for name, value in found.items() if name.startswith("--")}


def paint(drawing: ET.Element, above: tuple[Part, ...] = ()) -> None:
    """Writes what the style sheets say into each element's attributes, in light colours, and takes its classes away."""
    part = Part(drawing.tag, frozenset(drawing.attrib.pop("class", "").split()))
    for name, value in declared(part, above).items():
        if name in PAINTED:
            drawing.set(name, value)
    for child in drawing:
        paint(child, (*above, part))


def declared(part: Part, above: tuple[Part, ...] = ()) -> dict[str, str]:
    """What the style sheets say of an element inside others (`above`, outermost first)."""
    found: dict[str, str] = {}
    for rule in _rules():
        if rule.path[-1].names(part) and _inside(rule.path[:-1], above):
            found.update(rule.declared)
    return found


@cache
def _rules() -> tuple[Rule, ...]:
    """Every rule that needs no window, state or media, the weakest first."""
    rules = []
    for name in SHEETS:
        text = AT_BLOCK.sub("", COMMENT.sub("", (FOLDER / name).read_text("utf-8"))) if (FOLDER / name).exists() else ""
        for selectors, body in RULE.findall(text):
            plain = [each.strip() for each in selectors.split(",") if not re.search(r"[:>+~*\[(]", each)]
            values = tuple((name, value) for name, value in _concrete(body) if not OF_A_WINDOW.search(value))
            rules += [_rule(selector, values) for selector in plain]
    return tuple(sorted(rules, key=lambda rule: rule.weight))


def _rule(selector: str, values: tuple[tuple[str, str], ...]) -> Rule:
    steps = [step.split(".") for step in selector.split()]
    path = tuple(Part(tag, frozenset(classes)) for tag, *classes in steps)
    return Rule(path, values, (sum(len(part.classes) for part in path), sum(bool(part.tag) for part in path)))


def _concrete(body: str) -> list[tuple[str, str]]:
    """Declarations with the tokens' values, and a font written as its parts."""
    known, found = tokens(), []
    for name, value in _declarations(body).items():
        plain = re.sub(r"var\(--([\w-]+)\)", lambda token: known.get(token[1], token[0]), value)
        font = FONT.fullmatch(plain) if name == "font" else None
        if font:
            found += [("font-weight", font[1] or "400"), ("font-size", font[2]), ("font-family", font[3])]
        else:
            found.append((name, plain))
    return found


def _declarations(body: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in body.split(";") if ":" in line)
    return {name.strip(): value.strip() for name, _colon, value in pairs}


def _inside(path: tuple[Part, ...], above: tuple[Part, ...]) -> bool:
    wanted = list(path)
    for part in above:
        if wanted and wanted[0].names(part):
            wanted.pop(0)
    return not wanted
