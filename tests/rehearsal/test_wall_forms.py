"""What a simulated phone reads off the pages of walls."""

from eventkit.rehearsal.wall_forms import forms, ways

MINE = """
<form action="/e/K/walls/w1/notes"><input type="hidden" name="note" value="0123456789abcdef">
<textarea name="text"></textarea><button>Put it on the wall</button></form>
<form action="/e/K/walls/w1/notes/fedcba9876543210"><textarea name="text">Tea &amp; toast</textarea></form>
<form action="/e/K/walls/w1/notes/fedcba9876543210/delete"><button>Delete</button></form>
<form action="/e/K/walls/w1/dots" data-dots="3"><input type="hidden" name="epoch" value="4"><fieldset>
<select name="dots-0123456789abcdef"><option value="0" selected>–</option></select></fieldset></form>
<form action="/e/K/walls/w2/notes"><fieldset disabled><textarea name="text"></textarea></fieldset></form>
"""


def test_forms_are_known_by_what_they_do() -> None:
    found = forms(MINE)
    assert [form.writes for form in found] == [True, False, False, False]
    assert [form.mends for form in found] == ["", "fedcba9876543210", "", ""]
    assert [(form.ballot, form.most) for form in found][3] == (["dots-0123456789abcdef"], 3)
    assert found[0].fields == {"note": "0123456789abcdef", "text": ""}
    assert found[1].fields == {"text": "Tea & toast"}
    assert found[3].fields == {"epoch": "4", "dots-0123456789abcdef": ""}


def test_ways_lead_to_each_wall_of_this_event_once() -> None:
    frame = """<a href="/e/K/walls/w1">One</a><div data-src="/e/K/walls/w2/mine"></div><a href="/e/K/walls/w1/read">
    Read</a><a href="/e/L/walls/w3">Elsewhere</a><a href="/e/K">Back</a>"""
    assert ways(frame, "/e/K") == ["/e/K/walls/w1", "/e/K/walls/w2"]
