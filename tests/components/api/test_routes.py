import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart.api.routes import Route, check_route, parameters, slug, starred

SEGMENT = st.from_regex(r"\A[a-z0-9_-]{1,8}\Z")
PARAMETER = st.from_regex(r"\A\{[a-z_]{1,8}\}\Z")
PATHS = st.lists(SEGMENT | PARAMETER, min_size=1, max_size=5).map(
    lambda parts: "/" + "/".join(parts)
)


def route(method: str = "GET", path: str = "/hello", timeout_seconds: int = 5) -> Route:
    handler = {"name": "hello", "invoke_arn": "arn:invoke", "timeout_seconds": timeout_seconds}
    return {"method": method, "path": path, "handler": handler}  # type: ignore[typeddict-item]


@given(path=PATHS)
def test_any_path_of_lower_case_segments_and_parameters_is_taken(path: str) -> None:
    # when
    check_route("front", route(path=path))

    # then
    assert starred(path).count("*") == len(parameters(path))
    assert not set(slug(path)) & set("/{}")


@pytest.mark.parametrize("path", ["", "/", "hello", "/Hello", "/a//b", "/a/", "/{A}", "/{proxy+}"])
def test_a_path_api_gateway_or_we_could_misread_is_refused(path: str) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        check_route("front", route(path=path))

    # then
    assert str(caught.value).startswith(f"front.routes[GET {path}]={path!r}: must match ")


@pytest.mark.parametrize("method", ["OPTIONS", "ANY", "get"])
def test_a_method_that_is_answered_otherwise_is_refused(method: str) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        check_route("front", route(method=method))

    # then
    assert f"front.routes[{method} /hello]={method!r}: allowed are" in str(caught.value)
    assert str(caught.value).endswith("OPTIONS is answered by the API itself.")


@given(timeout=st.integers(29, 900))
def test_a_function_that_outlives_the_integration_is_refused(timeout: int) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        check_route("front", route(timeout_seconds=timeout))

    # then
    assert str(caught.value) == (
        f"front.routes[GET /hello]: the function may take {timeout} s but API Gateway gives up "
        "after 29 s and nobody would see its answer; set timeout_seconds to at most 28."
    )
