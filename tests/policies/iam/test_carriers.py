"""Whatever carries a policy document in pulumi-aws is read by a rule, or has a reason."""

from rampart_policies import aws
from rampart_policies import resource_policies as carriers
from rampart_policies.iam.grants import DOCUMENTS
from tests.policies.provider import provider_types

READ_BY_A_RULE_OF_ITS_OWN = {
    aws.EVENT_BUS_POLICY,
    aws.IAM_ROLE,
    aws.LAMBDA_RESOURCE_POLICY,
    aws.SNS_TOPIC,
    aws.SNS_TOPIC_POLICY,
    aws.SQS_QUEUE,
    aws.SQS_QUEUE_POLICY,
    aws.VPC_ENDPOINT,
    aws.VPC_ENDPOINT_POLICY,
}
CARRIED = READ_BY_A_RULE_OF_ITS_OWN | {
    kind
    for table in (
        carriers.BUCKETS,
        carriers.ACCESS_POINTS,
        carriers.SECRETS,
        carriers.STREAMS_AND_TABLES,
        carriers.LOGS,
        carriers.IMAGES,
        carriers.ARCHIVES,
        carriers.SEARCH,
        carriers.APIS,
        carriers.KEYS,
        carriers.OTHERS,
        DOCUMENTS,
    )
    for kind in table
}

NAMES = {"policy", "policyDocument", "accessPolicy", "accessPolicies", "resourcePolicy"}

OTHERWISE = {
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": "says how logs are kept, to nobody",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": "says what is masked",
    "aws:cloudwatch/logIndexPolicy:LogIndexPolicy": "says which fields are indexed",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": "says how long images stay",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": "narrows a role for a session",
    "aws:iot/policy:Policy": "is granted to certificates of devices",
    "aws:iot/policyAttachment:PolicyAttachment": "the name of a policy",
    "aws:networkmanager/coreNetworkPolicyAttachment:CoreNetworkPolicyAttachment": "routes",
    "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy": "another grammar, without *",
    "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy": "another grammar",
    "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy": "another grammar",
    "aws:ses/receiptFilter:ReceiptFilter": "the word Allow or Block",
    "aws:sns/dataProtectionPolicy:DataProtectionPolicy": "says what is masked",
    "aws:transfer/access:Access": "narrows a role for a session",
    "aws:transfer/user:User": "narrows a role for a session",
    "aws:verifiedaccess/endpoint:Endpoint": "another grammar (Cedar)",
    "aws:verifiedaccess/group:Group": "another grammar (Cedar)",
}


def test_every_type_that_carries_a_policy_document_is_read_or_left_out_for_a_reason() -> None:
    # given
    carrying = {
        token
        for token, one in provider_types().items()
        for key, kind in one.inputs.items()
        if "PolicyDocumentArgs" in kind.replace("LifecyclePolicyDocumentArgs", "")
        or (key in NAMES and "str" in kind)
    }

    # then
    assert len(carrying) > 60  # the sources have been read
    assert carrying - CARRIED - OTHERWISE.keys() == set()
    assert not CARRIED & OTHERWISE.keys()
    assert carrying >= OTHERWISE.keys()
