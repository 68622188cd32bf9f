"""The address that every QR prints."""

import pytest

from eventkit.errors import BadInput
from eventkit.web.address import Address


@pytest.mark.parametrize(
    ("typed", "base", "short"),
    [
        ("http://192.168.1.5:8000", "http://192.168.1.5:8000", "192.168.1.5:8000"),
        ("192.168.1.5:8000", "http://192.168.1.5:8000", "192.168.1.5:8000"),
        ("https://workshop.example.org/", "https://workshop.example.org", "workshop.example.org"),
        ("workshop.example.org", "http://workshop.example.org", "workshop.example.org"),
        ("http://[fd00::1]:8000", "http://[fd00::1]:8000", "[fd00::1]:8000"),
    ],
)
def test_address_is_what_people_type(typed: str, base: str, short: str) -> None:
    address = Address.read(typed)
    assert (address.base, address.short, address.of("/j/K7M4PDX")) == (base, short, f"{base}/j/K7M4PDX")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://",
        "ftp://example.org",
        "http://example.org/path",
        "javascript:alert(1)",
        "http://example.org?a=b",
        "http://example.org#a",
        "http://me:secret@example.org",
        "http://example.org:port",
        "http://example.org:99999",
        "http://[example",
        "http://two words",
    ],
)
def test_address_that_no_qr_can_print_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        Address.read(typed)
    assert refusal.value.sentence.startswith(f"{typed} is not an address that a QR can print.")


@pytest.mark.parametrize(
    ("typed", "here_only"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.1.5:8000", False),
        ("https://workshop.example.org", False),
    ],
)
def test_address_of_this_machine_alone_is_known(typed: str, here_only: bool) -> None:
    assert Address.read(typed).here_only is here_only
