"""Which variables Lambda takes, and which it would refuse."""

import pytest

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.functions.environment import MAX_BYTES, RESERVED, VariableName, check_size


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_what_the_runtime_sets_is_refused(name: str) -> None:
    assert VariableName().problem(name) == (
        "the runtime sets this variable and Lambda refuses another; choose another name."
    )


@pytest.mark.parametrize("name", ["A", "1ST", "_X", "MY-NAME", "MY NAME", "", "NÄME"])
def test_what_is_no_name_of_a_variable_is_refused(name: str) -> None:
    assert VariableName().problem(name) == (
        "a variable has at least two letters, digits or _, and begins with a letter."
    )


@pytest.mark.parametrize(
    "name",
    [
        "POWERTOOLS_LOG_LEVEL",
        "AWS_LAMBDA_EXEC_WRAPPER",
        "AWS_XRAY_CONTEXT_MISSING",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PATH",
        "TZ",
        "LANG",
        "a1",
    ],
)
def test_what_lambda_takes_is_accepted(name: str) -> None:
    assert VariableName().problem(name) is None


def test_four_kilobytes_together_are_accepted_and_one_byte_more_is_refused() -> None:
    # given: names count too, and letters as many bytes as UTF-8 has for them
    full = {"NAME": "ä" * 2046}
    check_size("hello", full)

    # when
    with pytest.raises(ArgumentError) as caught:
        check_size("hello", {**full, "A": ""})

    # then
    assert MAX_BYTES == 4096
    assert str(caught.value) == (
        "hello.environment: 4097 bytes with the names and what every function gets, and Lambda "
        "allows 4096; keep large values in a parameter and pass its name."
    )
