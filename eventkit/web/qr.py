"""QR codes as drawings that stand in a page."""

from io import BytesIO

import segno
from markupsafe import Markup


def qr(text: str) -> Markup:
    """The QR of a text as inline SVG, dark on light with its quiet zone, sized by the page's css."""
    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, svgclass="qr", lineclass="qr-dots",
        dark="#14181f", light="#ffffff",
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 -- segno's own drawing; the text is not in it as text
