"""What is refused of a function before it has a child, however it is packaged."""

import pytest

from pulumi_rampart.functions.image_lambda import ImageLambda
from pulumi_rampart.functions.zip_lambda import ZipLambda
from tests.components.inside import BOUNDARY, WITHOUT_EGRESS, recorded, refusal

pytestmark = pytest.mark.usefixtures("functions")
every_packaging = pytest.mark.parametrize("packaging", [ZipLambda, ImageLambda])

Packaging = type[ZipLambda | ImageLambda]


def make(packaging: Packaging, name: str = "hello", /, **more: object) -> None:
    args = {"boundary": BOUNDARY, "source": "functions/hello", **more}
    packaging(name, args)  # type: ignore[arg-type]


SHARED = (
    "`boundary`, `description`, `permissions`, `environment`, `timeout_seconds`, `memory_mib`, "
    "`ephemeral_storage_mib`, `architecture`, `egress`, `reserved_concurrency`, "
    "`alarms`, `log_level`, "
    "`source`, `root`"
)
ALLOWED = {
    ZipLambda: f"{SHARED}, `include`, `handler`",
    ImageLambda: f"{SHARED}, `handler`",
}


@every_packaging
@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("memory_mb", "memory_mib"),
        ("memory", "memory_mib"),
        ("timeout", "timeout_seconds"),
        ("env", "environment"),
        ("concurrency", "reserved_concurrency"),
        ("storage", "ephemeral_storage_mib"),
        ("architectures", "architecture"),
    ],
)
def test_a_name_from_elsewhere_is_answered_with_the_one_used_here(
    packaging: Packaging, wrong: str, near: str
) -> None:
    assert refusal(lambda: make(packaging, **{wrong: 1})) == (
        f"hello.{wrong}: there is no such argument; did you mean `{near}`? Allowed are "
        f"{ALLOWED[packaging]}."
    )


REFUSED: list[tuple[dict[str, object], str]] = [
    *(
        (
            {"timeout_seconds": value},
            (
                f".timeout_seconds={value}: a whole number from 1 to 900 is allowed; longer work "
                "belongs in a workflow or a queue."
            ),
        )
        for value in (0, 901)
    ),
    *(
        (
            {"memory_mib": value},
            (
                f".memory_mib={value}: a whole number from 128 to 10240 is allowed; these are the "
                "service's limits."
            ),
        )
        for value in (127, 10_241)
    ),
    *(
        (
            {"ephemeral_storage_mib": value},
            (
                f".ephemeral_storage_mib={value}: a whole number from 512 to 10240 is allowed; "
                "larger files belong in a bucket."
            ),
        )
        for value in (511, 10_241)
    ),
    (
        {"reserved_concurrency": -1},
        (
            ".reserved_concurrency=-1: a whole number from 0 to 100000 is allowed; 0 stops the "
            "function; leave it out for no limit."
        ),
    ),
    ({"memory_mib": "512"}, ".memory_mib='512': a whole number is wanted, not str."),
    (
        {"architecture": "riscv"},
        ".architecture='riscv': allowed are 'arm64', 'x86_64'; arm64 is the cheaper one.",
    ),
    (
        {"log_level": "WARNING"},
        (
            ".log_level='WARNING': allowed are 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'; "
            "DEBUG and TRACE may show content."
        ),
    ),
    (
        {"description": "d" * 257},
        (
            f".description='{'d' * 257}': 0 to 256 characters are allowed, not 257; the console "
            "shows no more."
        ),
    ),
    (
        {"environment": {"AWS_REGION": "eu-central-1"}},
        (
            ".environment.AWS_REGION='AWS_REGION': the runtime sets this variable and Lambda "
            "refuses another; choose another name."
        ),
    ),
    ({"environment": {"COUNT": 5}}, ".environment.COUNT=5: a text is wanted, not int."),
    ({"environment": ["A=b"]}, ".environment: a mapping is wanted, not list."),
    (
        {"environment": {"TEXT": "x" * 4096}},
        (
            ".environment: 4188 bytes with the names and what every function gets, and Lambda "
            "allows 4096; keep large values in a parameter and pass its name."
        ),
    ),
    ({"egress": "yes"}, ".egress='yes': true or false is wanted, not str."),
    (
        {"boundary": WITHOUT_EGRESS, "egress": True},
        (
            ".egress=True: the boundary has no way out; give it `egress_domains`, or leave "
            "`egress` out."
        ),
    ),
    ({"permissions": {}}, ".permissions: a list is wanted, not dict."),
    (
        {"permissions": ["s3:GetObject"]},
        ".permissions[0]: Permission, a mapping, is wanted, not str.",
    ),
    (
        {"permissions": [{"statements": [{"actions": "s3:GetObject", "resources": ["*"]}]}]},
        (
            ".permissions[0].statements[0].actions='s3:GetObject': a list is wanted; put the text "
            "in brackets."
        ),
    ),
]


@every_packaging
@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_function_is_refused(
    packaging: Packaging, wrong: dict[str, object], why: str
) -> None:
    assert refusal(lambda: make(packaging, **wrong)) == f"hello{why}"


@every_packaging
@pytest.mark.parametrize(
    ("name", "why"),
    [
        # The role's name is the longest: five letters more, and Pulumi's eight.
        (
            "f" * 52,
            (
                f"IAM allows 64 characters, and '{'f' * 52}-role-1234567' has 65; take a name that "
                "is 1 shorter."
            ),
        ),
        (
            "f" * 73,
            (
                f"IAM allows 64 characters, and '{'f' * 73}-role-1234567' has 86; take a name that "
                "is 22 shorter."
            ),
        ),
        ("say hello", "CloudWatch Logs allows no ' ' in '/aws/lambda/shop-dev-say hello'."),
        ("hello.world", "SQS allows no '.' in 'hello.world-failures-1234567'."),
    ],
)
def test_a_name_that_no_function_can_have_is_refused(
    packaging: Packaging, name: str, why: str
) -> None:
    message = refusal(lambda: make(packaging, name))

    # then
    assert message == f"{name}: is not possible as a name: {why}"


def test_a_prefix_that_leaves_no_room_for_the_functions_name_is_counted() -> None:
    # given
    boundary = {**BOUNDARY, "prefix": "p" * 40}

    # when
    message = refusal(lambda: make(ZipLambda, "f" * 24, boundary=boundary))

    # then
    assert message == (
        f"{'f' * 24}: is not possible as a name: Lambda allows 64 characters, and "
        f"'{'p' * 40}-{'f' * 24}' has 65; take a name that is 1 shorter."
    )


@every_packaging
@pytest.mark.parametrize(
    "allowed",
    [
        {"timeout_seconds": 900, "memory_mib": 10_240, "ephemeral_storage_mib": 10_240},
        {"timeout_seconds": 1, "memory_mib": 128, "ephemeral_storage_mib": 512},
        {"reserved_concurrency": 0},
        {"environment": {"POWERTOOLS_LOG_LEVEL": "DEBUG", "AWS_LAMBDA_EXEC_WRAPPER": "/opt/w"}},
        {"description": "d" * 256},
        {"memory_mib": 1024.0},
        {"environment": {}},
    ],
)
def test_what_lambda_takes_is_accepted(packaging: Packaging, allowed: dict[str, object]) -> None:
    # when
    graph = recorded(lambda: make(packaging, **allowed))

    # then
    assert graph.one("aws:lambda/function:Function", "hello")
