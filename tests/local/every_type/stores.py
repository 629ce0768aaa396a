"""Buckets, tables, secrets and images."""

import json

import pulumi
import pulumi_aws as aws
import pulumi_docker as docker

from tests.local.every_type.documents import ACCOUNT, CODE, policy


def buckets(key: aws.kms.Key) -> aws.s3.Bucket:
    bucket = aws.s3.Bucket("bucket")
    aws.s3.BucketVersioning(
        "bucket", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        "bucket",
        bucket=bucket.id,
        rules=[
            {
                "apply_server_side_encryption_by_default": {
                    "sse_algorithm": "aws:kms",
                    "kms_master_key_id": key.arn,
                },
                "bucket_key_enabled": True,
            }
        ],
    )
    aws.s3.BucketPublicAccessBlock("bucket", bucket=bucket.id, block_public_acls=True)
    aws.s3.BucketPolicy("bucket", bucket=bucket.id, policy=policy(AWS=ACCOUNT))
    aws.s3.BucketLifecycleConfiguration(
        "bucket",
        bucket=bucket.id,
        rules=[
            {
                "id": "work",
                "status": "Enabled",
                "filter": {"prefix": "work/"},
                "expiration": {"days": 1},
                "abort_incomplete_multipart_upload": {"days_after_initiation": 1},
            }
        ],
    )
    aws.s3.BucketLogging("bucket", bucket=bucket.id, target_bucket=bucket.id, target_prefix="logs/")
    aws.s3.BucketOwnershipControls(
        "bucket", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"}
    )
    aws.s3.BucketCorsConfiguration(
        "bucket",
        bucket=bucket.id,
        cors_rules=[{"allowed_methods": ["POST"], "allowed_origins": ["https://example.org"]}],
    )
    aws.s3.BucketNotification("bucket", bucket=bucket.id, eventbridge=True)
    return bucket


def tables(key: aws.kms.Key) -> aws.dynamodb.Table:
    return aws.dynamodb.Table(
        "table",
        billing_mode="PAY_PER_REQUEST",
        hash_key="pk",
        range_key="sk",
        attributes=[{"name": name, "type": "S"} for name in ("pk", "sk", "other")],
        global_secondary_indexes=[
            {"name": "by-other", "hash_key": "other", "projection_type": "ALL"}
        ],
        server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
        point_in_time_recovery={"enabled": True},
        ttl={"enabled": True, "attribute_name": "expires_at"},
        stream_enabled=True,
        stream_view_type="NEW_IMAGE",
    )


def secrets(key: aws.kms.Key, role: aws.iam.Role) -> None:
    secret = aws.secretsmanager.Secret("secret", kms_key_id=key.arn)
    version = aws.secretsmanager.SecretVersion(
        "secret", secret_id=secret.id, secret_string="hidden"
    )
    aws.secretsmanager.Secret("empty")
    aws.secretsmanager.SecretPolicy("secret", secret_arn=secret.arn, policy=policy(AWS=ACCOUNT))
    rotator = aws.lambda_.Function(
        "rotator",
        role=role.arn,
        runtime="python3.13",
        handler="app.handle",
        code=pulumi.FileArchive(str(CODE)),
    )
    aws.secretsmanager.SecretRotation(
        "secret",
        secret_id=secret.id,
        rotation_lambda_arn=rotator.arn,
        rotation_rules={"automatically_after_days": 30},
        opts=pulumi.ResourceOptions(depends_on=[version]),
    )
    aws.ssm.Parameter("parameter", type="SecureString", value="hidden", name="/app/parameter")


def images(key: aws.kms.Key) -> None:
    repository = aws.ecr.Repository(
        "images",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}],
    )
    aws.ecr.RepositoryPolicy("images", repository=repository.name, policy=policy(AWS=ACCOUNT))
    rule = {
        "rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5},
        "action": {"type": "expire"},
    }
    aws.ecr.LifecyclePolicy(
        "images", repository=repository.name, policy=json.dumps({"rules": [rule]})
    )
    token = aws.ecr.get_authorization_token_output(registry_id=repository.registry_id)
    docker.Image(
        "heavy",
        image_name=repository.repository_url.apply(lambda url: f"{url}:1"),
        build={"context": str(CODE.parent / "image")},
        registry={"server": repository.repository_url, "password": token.password},
    )
