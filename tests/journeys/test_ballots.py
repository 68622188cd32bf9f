"""Numbers and orders in the hand: by keyboard, slider, finger, menu and plain form, whatever the network does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import People, in_room, moving, press, serving

pytestmark = pytest.mark.browser
TEA, SPENDING = "In Scotland in 2015", "On what did meetings spend most?"
EXPECTED = ("422", "htmx:", "Failed to load", "WebSocket connection")


@pytest.fixture
def people(tmp_path: Path, browser: Browser) -> Iterator[People]:
    """The room of `ballots.toml`. Answers that ask something again, and a network that was cut, are no faults."""
    with (
        serving(tmp_path, Path(__file__).parent / "ballots.toml") as served,
        in_room(served, browser, EXPECTED) as room,
    ):
        yield room


def opened(people: People, question: str) -> Page:
    """The console, with the vote on this question open."""
    console, _screen = people.facilitator()
    with moving(console):
        console.locator(".programme, #programme, aside, nav").get_by_role("button", name=question).first.click()
    expect(console.locator(".chip")).to_have_text("Ready")
    press(console, "PageDown")
    expect(console.locator(".chip")).to_contain_text("Open")
    return console


def close(console: Page) -> None:
    press(console, "PageDown")
    expect(console.locator(".chip")).to_contain_text("Closed")


def field(phone: Page) -> str:
    return phone.locator("input[name=number]").input_value()


def send(phone: Page) -> None:
    phone.locator("form[data-vote] .send:visible, form[data-vote] .yes:visible").click()


def posts(phone: Page) -> list[str]:
    """What is sent from now on."""
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def expect_recorded(phone: Page, words: str) -> None:
    expect(phone.locator(".receipt.recorded")).to_be_visible(timeout=15_000)
    expect(phone.locator(".receipt.recorded")).to_contain_text(words)


def order(phone: Page) -> str:
    """The items as they stand, each with its place."""
    rows = phone.locator(".item").all()
    return " ".join(f"{row.locator('.place').inner_text()}{row.locator('b').inner_text()[0]}" for row in rows)


def menu(phone: Page, item: str) -> str:
    return phone.get_by_label(f"Place of {item}").input_value()


def test_number_is_typed_asked_about_corrected_and_rounded(people: People, accessible: Callable[..., None]) -> None:
    console = opened(people, TEA)
    phone = people.phone()
    sent = posts(phone)
    number = phone.get_by_label("A number from 0 % to 100 %, in steps of 2 %")
    expect(number).to_have_value("")
    accessible(phone)
    number.fill("eighty")
    number.press("Enter")
    expect(phone.locator(".receipt.problem")).to_contain_text("This is no number: use the figures 0 to 9.")
    expect(number).to_have_value("eighty")
    expect(number).to_be_focused()
    expect(phone.locator("#announce")).to_contain_text("This is no number")
    accessible(phone)
    number.fill("5000")
    send(phone)
    expect(phone.locator(".receipt.asked")).to_contain_text("5,000 % is outside what is likely")
    expect(phone.get_by_role("button", name="Yes, send it")).to_be_visible()
    accessible(phone)
    expect(console.locator(".chip")).to_have_text("Open 0/1")
    number.fill("83")
    expect(phone.get_by_role("button", name="Yes, send it")).to_be_hidden()
    send(phone)
    expect_recorded(phone, "Recorded ✓ 84 %")
    expect(number).to_have_value("84")
    expect(phone.locator("#announce")).to_contain_text("84 %")
    accessible(phone)
    phone.wait_for_timeout(2500)  # longer than an answer waits that was not heard
    expect_recorded(phone, "84 %")
    assert len(sent) == 3
    expect(console.locator(".chip")).to_have_text("Open 1/1")


def test_number_that_only_the_server_can_read_is_not_sent_for_ever(people: People) -> None:
    opened(people, TEA)
    phone = people.phone()
    sent = posts(phone)
    phone.locator("input[name=number]").fill("84 per cent")
    send(phone)
    expect(phone.locator("input[name=number]")).to_have_value("84")
    phone.wait_for_timeout(4500)
    expect_recorded(phone, "84 %")
    assert len(sent) == 2


def test_number_outside_the_range_counts_when_it_is_meant(people: People) -> None:
    console = opened(people, TEA)
    phone = people.phone()
    phone.locator("input[name=number]").fill("5000")
    send(phone)
    phone.get_by_role("button", name="Yes, send it").click()
    expect_recorded(phone, "5,000 %")
    phone.reload()
    expect_recorded(phone, "5,000 %")
    close(console)
    expect(phone.locator(".receipt.recorded .when-closed")).to_be_visible()
    assert field(phone) == "5,000"


def test_number_that_was_asked_about_is_not_counted_when_voting_closes(people: People) -> None:
    console = opened(people, TEA)
    phone = people.phone()
    phone.locator("input[name=number]").fill("5000")
    send(phone)
    expect(phone.locator(".receipt.asked")).to_be_visible()
    expect(phone.locator("#announce")).to_contain_text("5,000")  # by then the phone has noted that it was asked
    phone.reload()
    expect(phone.locator("input[name=number]")).to_have_value("5000")
    phone.wait_for_timeout(2500)  # nothing goes by itself: the question is the person's
    expect(phone.locator("form[data-vote]")).to_have_attribute("data-state", "open")
    close(console)
    expect(phone.locator(".receipt.refused")).to_contain_text("Not counted: voting has closed")
    assert field(phone) == "5000"


def test_number_that_was_typed_too_late_does_not_hold_back_the_answer_of_the_room(people: People) -> None:
    console = opened(people, TEA)
    quick, late = people.phone(), people.phone()
    quick.locator("input[name=number]").fill("40")
    send(quick)
    expect_recorded(quick, "40 %")
    late.locator("input[name=number]").fill("70")
    close(console)
    expect(late.locator(".receipt.missed")).to_be_visible()
    press(console, "PageDown")
    expect(console.locator(".chip")).to_have_text("Room’s answer")
    expect(late.locator("form[data-vote]")).to_have_count(0)
    expect(late.locator("#held")).to_be_hidden()


def test_slider_shows_nothing_until_it_is_touched_and_then_fills_the_field(people: People) -> None:
    opened(people, TEA)
    phone = people.phone()
    slider = phone.get_by_role("slider")
    expect(slider).to_have_class("slider unset")
    expect(slider).to_have_attribute("aria-valuetext", "not set yet")
    slider.focus()
    phone.keyboard.press("Home")
    assert field(phone) == "0"
    for _ in range(3):
        phone.keyboard.press("ArrowRight")
    assert field(phone) == "6"
    box = slider.bounding_box()
    assert box
    phone.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    assert abs(int(field(phone)) - 75) <= 6  # the handle has a width
    expect(slider).to_have_class("slider")
    phone.locator("input[name=number]").fill("40")
    expect(slider).to_have_value("40")
    expect(slider).to_have_attribute("aria-valuetext", "40 %")
    send(phone)
    expect_recorded(phone, "40 %")
    phone.get_by_label("Not sure").check()
    assert field(phone) == "40"
    send(phone)
    expect_recorded(phone, "Not sure")
    phone.locator("input[name=number]").fill("12")
    expect(phone.get_by_label("Not sure")).not_to_be_checked()


@pytest.mark.parametrize("question", [TEA, SPENDING], ids=["number", "order"])
def test_answer_without_network_waits_survives_a_reload_and_goes_once(people: People, question: str) -> None:
    console = opened(people, question)
    phone = people.phone()
    expect(phone.locator("form[data-vote]")).to_be_visible()
    phone.route("**/ballot", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    if question == TEA:
        phone.locator("input[name=number]").fill("83")
    else:
        for item in ("Rooms", "Chairs", "Biscuits", "Minutes"):
            phone.locator(".tap", has_text=item).click()
    send(phone)
    expect(phone.locator(".receipt.waiting")).to_be_visible()
    phone.reload()
    expect(phone.locator(".receipt.waiting")).to_be_visible()
    assert field(phone) == "83" if question == TEA else order(phone) == "1R 2C 3B 4M"
    expect(console.locator(".chip")).to_have_text("Open 0/1")
    phone.unroute("**/ballot")
    expect_recorded(phone, "84 %" if question == TEA else "Rooms › Chairs › Biscuits › Minutes")
    expect(console.locator(".chip")).to_have_text("Open 1/1")


def test_order_is_tapped_taken_back_and_sent(people: People, accessible: Callable[..., None]) -> None:
    console = opened(people, SPENDING)
    phone = people.phone()
    accessible(phone)
    assert order(phone) == "M B C R"
    for item in ("Chairs", "Rooms", "Biscuits"):
        phone.locator(".tap", has_text=item).click()
    assert order(phone) == "1C 2R 3B M"
    expect(phone.locator("#announce")).to_have_text("Biscuits: place 3")
    phone.locator(".tap", has_text="Rooms").click()
    assert order(phone) == "1C M 3B R"
    send(phone)
    expect(phone.locator(".receipt.problem")).to_contain_text("Give every item a place")
    phone.wait_for_timeout(500)  # the script takes up the form that has come
    assert order(phone) == "1C M 3B R"
    expect(phone.get_by_label("Place of Minutes")).to_be_focused()
    accessible(phone)
    phone.locator(".tap", has_text="Minutes").click()
    phone.locator(".tap", has_text="Rooms").click()
    assert order(phone) == "1C 2M 3B 4R"
    send(phone)
    expect_recorded(phone, "Chairs › Minutes and their many copies › Biscuits › Rooms")
    accessible(phone)
    phone.reload()
    expect_recorded(phone, "Chairs")
    assert order(phone) == "1C 2M 3B 4R"
    phone.get_by_role("button", name="Start again").click()
    assert order(phone) == "M B C R"
    close(console)
    expect(phone.locator(".receipt.recorded .when-closed")).to_be_visible()
    assert order(phone) == "1C 2M 3B 4R"
    phone.locator(".tap", has_text="Rooms").click(force=True)
    assert order(phone) == "1C 2M 3B 4R"


def test_order_is_dragged_with_the_mouse(people: People) -> None:
    opened(people, SPENDING)
    phone = people.phone()
    for item, target in (("Rooms", "Minutes"), ("Minutes", "Chairs"), ("Biscuits", "Chairs")):
        start = phone.locator(".item", has_text=item).bounding_box()
        end = phone.locator(".item", has_text=target).bounding_box()
        assert start
        assert end
        phone.mouse.move(start["x"] + 100, start["y"] + 30)
        phone.mouse.down()
        phone.mouse.move(end["x"] + 100, end["y"] + 40, steps=6)
        phone.mouse.up()
    assert order(phone) == "1R C 3B 4M"
    phone.wait_for_timeout(100)  # a click that ends a drag is no tap; nobody taps that soon
    phone.locator(".tap", has_text="Chairs").click()
    send(phone)
    expect_recorded(phone, "Rooms › Chairs › Biscuits › Minutes")


def test_order_is_dragged_with_a_finger(people: People) -> None:
    opened(people, SPENDING)
    context = people.browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = people.page(context)
    phone.goto(f"{people.served.base}/j/{people.served.code}")
    expect(phone.locator(".item")).to_have_count(4)
    start = phone.locator(".item", has_text="Rooms").locator(".place").bounding_box()
    end = phone.locator(".item", has_text="Biscuits").bounding_box()
    assert start
    assert end
    finger = context.new_cdp_session(phone)
    x, top = start["x"] + 20, start["y"] + 30
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": top}]})
    for part in range(1, 7):
        at = {"x": x, "y": top + (end["y"] + 20 - top) * part / 6}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    phone.wait_for_timeout(300)  # a finger that flings loses its next tap to the browser
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_timeout(300)
    assert order(phone) == "M 2R B C"
    phone.locator(".tap", has_text="Biscuits").tap()
    expect(phone.get_by_label("Place of Biscuits")).to_have_value("1")
    assert order(phone) == "1B 2R M C"


def test_order_is_picked_from_menus_by_keyboard(people: People) -> None:
    opened(people, SPENDING)
    phone = people.phone()
    minutes = phone.get_by_label("Place of Minutes")
    minutes.focus()
    phone.keyboard.press("4")
    assert order(phone) == "B C R 4M"
    expect(minutes).to_be_focused()
    phone.get_by_label("Place of Biscuits").focus()
    phone.keyboard.press("2")
    phone.get_by_label("Place of Minutes").focus()
    phone.keyboard.press("2")
    assert order(phone) == "C 2M R 4B"
    for item in ("Chairs", "Rooms"):
        phone.locator(".tap", has_text=item).click()
    send(phone)
    expect_recorded(phone, "Chairs › Minutes and their many copies › Rooms › Biscuits")


def test_number_without_script_is_asked_about_and_recorded(people: People) -> None:
    opened(people, TEA)
    phone = people.phone(javascript=False)
    expect(phone.get_by_role("slider")).to_have_count(0)
    phone.locator("input[name=number]").fill("5000")
    send(phone)
    expect(phone.locator(".receipt.asked")).to_be_visible()
    assert field(phone) == "5000"
    phone.locator("input[name=number]").fill("8o")
    send(phone)
    expect(phone.locator(".receipt.problem")).to_be_visible()
    assert field(phone) == "8o"
    phone.locator("input[name=number]").fill("80")
    send(phone)
    expect_recorded(phone, "80 %")
    phone.get_by_label("Not sure").check()
    send(phone)
    expect_recorded(phone, "Not sure")


def test_order_without_script_is_picked_from_menus(people: People) -> None:
    opened(people, SPENDING)
    phone = people.phone(javascript=False)
    for item, place in (("Minutes", "1"), ("Biscuits", "1"), ("Chairs", "2"), ("Rooms", "3")):
        phone.get_by_label(f"Place of {item}").select_option(place)
    send(phone)
    expect(phone.locator(".receipt.problem")).to_contain_text("Two items have place 1.")
    assert menu(phone, "Rooms") == "3"
    phone.get_by_label("Place of Minutes").select_option("4")
    send(phone)
    expect_recorded(phone, "Biscuits › Chairs › Rooms › Minutes and their many copies")
    assert menu(phone, "Minutes") == "4"


@pytest.mark.parametrize("question", [TEA, SPENDING], ids=["number", "order"])
def test_ballot_fits_320_pixels_and_text_of_200_per_cent(people: People, question: str) -> None:
    opened(people, question)
    phone = people.phone()
    for width, size in ((320, 16), (390, 32), (320, 32)):
        phone.set_viewport_size({"width": width, "height": 640})
        phone.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
        assert phone.evaluate("document.documentElement.scrollWidth") == width
        small = "[...document.querySelectorAll('.ballot :is(select, .tap, button, .slider, [name=number])')]"
        assert phone.evaluate(f"{small}.filter((n) => n.offsetHeight && n.offsetHeight < 48).length") == 0
