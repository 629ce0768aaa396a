import pytest

from pulumi_rampart.arguments import Address, Origin


@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.com",
        "http://localhost:3000",
        "https://xn--bcher-kva.example",
        "http://127.0.0.1:8080",
        "http://[::1]:5173",
        "https://app.example.com:8443",
    ],
)
def test_what_a_browser_sends_as_origin_is_taken(origin: str) -> None:
    assert Origin().problem(origin) is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://app.example.com/",
        "https://app.example.com/login",
        "https://app.example.com?a",
        "https://app.example.com#a",
        "app.example.com",
        "https://",
        "https://App.example.com",
        "HTTPS://app.example.com",
        "https://bücher.example",
        "https://app.example.com:443",
        "http://app.example.com:80",
        "https://app.example.com:",
        "https://user@app.example.com",
        "https://app.example.com'",
        "https://a.example, https://b.example",
        "ftp://app.example.com",
        " https://app.example.com",
        "https://app.example.com\n",
        "*",
        "",
    ],
)
def test_what_no_browser_sends_as_origin_is_refused_because_it_would_never_match(
    origin: str,
) -> None:
    assert str(Origin().problem(origin)).startswith("an origin is scheme, host and port")


@pytest.mark.parametrize("range_", ["192.0.2.0/24", "192.0.2.7/32", "0.0.0.0/0"])
def test_a_range_in_cidr_form_is_taken(range_: str) -> None:
    assert Address().problem(range_) is None


@pytest.mark.parametrize(
    "range_",
    [
        "192.0.2.7",
        "192.0.2.0/255.255.255.0",
        "192.0.2.0/0.0.0.255",
        "192.0.2.0/",
        "192.0.2.0/33",
        "192.0.2.7/24",
        "192.0.2/24",
        "2001:db8::/32",
        "192.0.2.0/24\n",
        "",
    ],
)
def test_a_range_that_is_not_in_cidr_form_is_refused_with_an_example(range_: str) -> None:
    assert str(Address().problem(range_)).endswith(
        "write a range such as 192.0.2.0/24 or 192.0.2.7/32."
    )
