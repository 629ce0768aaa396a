import pytest

from pulumi_rampart.boundary.signing import CodeSigning
from pulumi_rampart.testing import Graph
from tests.components.inside import KEY, recorded, refusal

CONFIG = "aws:lambda/codeSigningConfig:CodeSigningConfig"


def signing(untrusted: str = "Enforce") -> Graph:
    return recorded(
        lambda: CodeSigning(
            "signing", {"key_arn": KEY, "access_log_bucket": "logs", "untrusted": untrusted}
        )
    )


def test_functions_trust_this_deployments_signature_only() -> None:
    # when
    graph = signing()

    # then
    (profile,) = graph.of("aws:signer/signingProfile:SigningProfile")
    config = graph.one(CONFIG, "signing-config").inputs
    assert config["allowedPublishers"] == {
        "signingProfileVersionArns": [profile.outputs["versionArn"]]
    }


@pytest.mark.parametrize("untrusted", ["Enforce", "Warn"])
def test_what_happens_to_unsigned_code_is_a_word(untrusted: str) -> None:
    # when
    config = signing(untrusted).one(CONFIG, "signing-config").inputs

    # then
    assert config["policies"] == {"untrustedArtifactOnDeployment": untrusted}


def test_another_word_is_refused() -> None:
    # when
    message = refusal(
        lambda: CodeSigning(
            "signing", {"key_arn": KEY, "access_log_bucket": "logs", "untrusted": "Off"}
        )
    )

    # then
    assert message == (
        "signing.untrusted='Off': allowed are 'Enforce', 'Warn'; Enforce is the safe one."
    )


def test_a_signature_does_not_run_out_while_its_code_still_runs() -> None:
    # when
    (profile,) = signing().of("aws:signer/signingProfile:SigningProfile")

    # then
    assert profile.inputs["signatureValidityPeriod"] == {"type": "MONTHS", "value": 135}
    assert profile.inputs["platformId"] == "AWSLambda-SHA384-ECDSA"


def test_a_profile_may_be_named_by_letters_digits_and_underscores_only() -> None:
    # when
    (profile,) = signing().of("aws:signer/signingProfile:SigningProfile")

    # then
    assert profile.inputs["namePrefix"].replace("_", "").isalnum()
