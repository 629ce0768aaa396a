import pytest

from pulumi_rampart.arguments import Action
from pulumi_rampart.boundary.grantable import ACTION


@pytest.mark.parametrize("action", sorted(ACTION.common))
def test_what_is_taken_for_known_is_known(action: str) -> None:
    assert Action().problem(action) is None


@pytest.mark.parametrize(
    "action",
    ["bedrock:InvokeModel", "ses:SendEmail", "dynamodb:getitem", "bedrock:New*"],
)
def test_an_action_that_exists_in_any_case_is_taken_and_a_pattern_is_not_compared(
    action: str,
) -> None:
    assert Action().problem(action) is None


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            "bedrock:InvokModel",
            (
                "bedrock has no such action. Did you mean bedrock:InvokeModel? "
                "If AWS has added it lately, write bedrock:InvokModel*."
            ),
        ),
        (
            "sqs:RecieveMessage",
            (
                "sqs has no such action. Did you mean sqs:ReceiveMessage? "
                "If AWS has added it lately, write sqs:RecieveMessage*."
            ),
        ),
        (
            "bedrok:InvokeModel",
            (
                "IAM knows no service bedrok. Did you mean bedrock? "
                "If AWS has added it lately, write bedrok:InvokeModel*."
            ),
        ),
        ("InvokeModel", "write a service's prefix and an action: bedrock:InvokeModel."),
        ("s3:Get Object", "write a service's prefix and an action: bedrock:InvokeModel."),
    ],
)
def test_an_action_that_does_not_exist_is_told_with_the_nearest(action: str, problem: str) -> None:
    assert Action().problem(action) == problem
