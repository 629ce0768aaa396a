"""AWS KMS."""

from botocore.exceptions import ClientError

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, Inputs, creates, given, physical_name, updates
from rampart_local.clients import Clients


@creates("aws:kms/key:Key")
def _key(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.kms.create_key(
        **given(inputs, "description", "policy", "keyUsage", "multiRegion"),
        **given(inputs, KeySpec="customerMasterKeySpec"),
    )
    key = answer["KeyMetadata"]
    if inputs.get("enableKeyRotation"):
        aws.kms.enable_key_rotation(
            KeyId=key["KeyId"], **given(inputs, RotationPeriodInDays="rotationPeriodInDays")
        )
    return key["KeyId"], {"arn": key.get("Arn", ""), "keyId": key["KeyId"]}


@updates("aws:kms/key:Key", "customerMasterKeySpec", "keyUsage", "multiRegion")
def _change_key(aws: Clients, resource: Registration, key_id: str, before: Inputs) -> Created:
    if policy := resource.inputs.get("policy"):
        aws.kms.put_key_policy(KeyId=key_id, PolicyName="default", Policy=policy)
    if resource.inputs.get("description", "") != before.get("description", ""):
        aws.kms.update_key_description(
            KeyId=key_id, Description=resource.inputs.get("description", "")
        )
    if resource.inputs.get("enableKeyRotation"):
        aws.kms.enable_key_rotation(
            KeyId=key_id, **given(resource.inputs, RotationPeriodInDays="rotationPeriodInDays")
        )
    elif before.get("enableKeyRotation"):
        aws.kms.disable_key_rotation(KeyId=key_id)
    arn = aws.kms.describe_key(KeyId=key_id)["KeyMetadata"].get("Arn", "")
    return key_id, {"arn": arn, "keyId": key_id}


@creates("aws:kms/alias:Alias", again=True)
def _alias(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 250)
    name = name if name.startswith("alias/") else f"alias/{name}"
    target = resource.inputs["targetKeyId"]
    try:
        aws.kms.create_alias(AliasName=name, TargetKeyId=target)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "AlreadyExistsException":
            raise
        aws.kms.update_alias(AliasName=name, TargetKeyId=target)
    arn = f"arn:aws:kms:{aws.region}:{aws.account}:{name}"
    key = aws.kms.describe_key(KeyId=target)["KeyMetadata"].get("Arn", "")
    return name, {"arn": arn, "name": name, "targetKeyArn": key}
