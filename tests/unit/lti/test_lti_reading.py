"""Addresses and texts of strangers."""

import pytest

from lti_tool.lti.reading import origin, record, texts, web_address


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://LMS.example:443/x?y", "https://lms.example"),
        ("https://lms.example:8443", "https://lms.example:8443"),
        ("http://lms.example:80/", "http://lms.example"),
        ("http://[::1]:8001/a", "http://[::1]:8001"),
        ("https://école.example/", "https://école.example"),
        ("https:///x", None),
        ("https://lms.example:0/", None),
        ("https://lms.example:99999/", None),
        ("https://a..b/", None),
        ("https://" + "a" * 70 + ".example/", None),
        ("ftp://lms.example/", None),
        ("lms.example", None),
    ],
)
def test_an_origin_is_scheme_host_and_unusual_port(address: str, found: str | None) -> None:
    assert origin(address) == found


def test_a_web_address_is_absolute_and_carries_no_password() -> None:
    assert web_address("https://lms.example/a?b=c") == "https://lms.example/a?b=c"
    assert web_address("http://lms.example/", plain_http=False) is None
    for wrong in (
        "/a",
        "https://u:p@lms.example/",
        "https://lms.example/a b",
        "https://lms.example\\@evil.example/",
        5,
        None,
    ):
        assert web_address(wrong) is None


def test_lists_and_objects_that_are_none_are_empty() -> None:
    assert record(["a"]) == record(None) == {}
    assert texts({"a": 1}) == texts(5) == texts(None) == ()
    assert texts(["a", 5, "", "b\0", "c"]) == ("a", "c")
    assert len(texts(["a"] * 500)) == 100
