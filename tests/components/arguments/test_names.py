import pytest
from pulumi_aws import cloudwatch, iam, lambda_, rds, s3, sqs

from pulumi_rampart.arguments import ArgumentError, Names, check_names


class Inner:
    NAMES: Names = (("{name}-role", iam.Role),)


def refusal(name: str, names: Names, prefix: object = "shop-dev") -> str:
    with pytest.raises(ArgumentError) as caught:
        check_names(name, prefix, names)
    return str(caught.value)


@pytest.mark.parametrize(
    ("form", "kind", "longest"),
    [
        ("{prefix}-{name}", lambda_.Function, 64 - len("shop-dev-")),
        ("{prefix}-{name}", cloudwatch.EventRule, 64 - len("shop-dev-")),
        ("{name}", s3.Bucket, 63 - 8),
        ("{name}", sqs.Queue, 80 - 8),
        ("{name}-role", iam.Role, 64 - len("-role") - 8),
    ],
)
def test_the_longest_name_a_service_takes_passes_and_one_more_letter_does_not(
    form: str, kind: type[object], longest: int
) -> None:
    # given
    names = ((form, kind),)

    # then
    check_names("a" * longest, "shop-dev", names)
    assert "take a name that is 1 shorter." in refusal("a" * (longest + 1), names)


@pytest.mark.parametrize(
    ("name", "kind", "letters"),
    [
        ("my jobs", sqs.Queue, "' '"),
        ("jobs.fast", sqs.Queue, "'.'"),
        ("up_loads", s3.Bucket, "'_'"),
        ("groß", lambda_.Function, "'ß'"),
        ("groß", iam.Role, "'ß'"),
    ],
)
def test_letters_that_a_service_does_not_know_are_named(
    name: str, kind: type[object], letters: str
) -> None:
    assert f"allows no {letters} in" in refusal(name, (("{name}", kind),))


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("-uploads", s3.Bucket, "in S3 a name begins with a letter or a digit"),
        ("a..b", s3.Bucket, "in S3 a name begins with a letter or a digit"),
        ("xn--uploads", s3.Bucket, "in S3 a name begins with a letter or a digit"),
        ("1shop", rds.ClusterInstance, "in RDS a name begins with a letter"),
        ("a--b", rds.ClusterParameterGroup, "in RDS a name begins with a letter"),
        ("shop-", rds.ClusterInstance, "in RDS a name begins with a letter"),
        ("1shop", rds.SubnetGroup, "in RDS a name begins with a letter"),
    ],
)
def test_a_form_that_a_service_does_not_take_is_refused(
    name: str, kind: type[object], why: str
) -> None:
    assert refusal(name, (("{name}", kind),)).startswith(
        f"{name}: is not possible as a name: {why}"
    )


@pytest.mark.parametrize("name", ["1shop", "sh-op1", "s.h"])
def test_a_form_that_a_service_takes_passes(name: str) -> None:
    check_names(name, "shop-dev", (("{name}", s3.Bucket),))


def test_the_beginning_of_a_name_is_its_prefix() -> None:
    # then
    check_names("1", "shop-dev", (("{prefix}-{name}", rds.Cluster),))
    assert "in RDS a name" in refusal("1", (("{prefix}-{name}", rds.Cluster),), "1-dev")
    # and a prefix that only a deployment knows may be any
    check_names("1", object(), (("{prefix}-{name}", rds.Cluster),))


def test_the_names_of_a_components_own_components_count_too() -> None:
    assert "IAM allows 64 characters" in refusal("a" * 52, (("{name}-in", Inner),))


def test_a_prefix_that_only_a_deployment_knows_is_not_counted() -> None:
    check_names("a" * 63, object(), (("{prefix}-{name}", lambda_.Function),))


def test_the_part_that_is_furthest_beyond_its_limit_decides_how_much_shorter() -> None:
    # given
    names: Names = (("{name}-role", iam.Role), ("{prefix}-{name}-part", lambda_.Function))

    # then: of 55 letters the role is 4 too long and the function 5; with a shorter prefix the role
    assert refusal("a" * 55, names).endswith("take a name that is 5 shorter.")
    assert refusal("a" * 55, names, prefix="p").endswith("take a name that is 4 shorter.")
    assert "-role-1234567' has 68;" in refusal("a" * 55, names, prefix="p")


@pytest.mark.parametrize("name", ["{name}", "{0}", "{"])
def test_braces_in_a_name_are_letters_like_others(name: str) -> None:
    assert "SQS allows no" in refusal(name, (("{name}", sqs.Queue),))
