"""Tables, secrets, images and buckets, changed."""

import json

from tests.local.changed_resources.case import Case, actions, other_policy
from tests.local.every_type.documents import ACCOUNT

EXPIRE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 2,
                "selection": {
                    "tagStatus": "any",
                    "countType": "imageCountMoreThan",
                    "countNumber": 9,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)


CASES: dict[str, list[Case]] = {
    "aws:dynamodb/table:Table": [
        Case(
            name="table",
            after={
                "globalSecondaryIndexes": [
                    {"name": "by-another", "hashKey": "other", "projectionType": "ALL"}
                ],
                "pointInTimeRecovery": {"enabled": False},
                "ttl": {"enabled": True, "attributeName": "gone_at"},
            },
            show=lambda aws, id_, _: [
                [
                    each["IndexName"]
                    for each in aws.dynamodb.describe_table(TableName=id_)["Table"][
                        "GlobalSecondaryIndexes"
                    ]
                ],
                aws.dynamodb.describe_continuous_backups(TableName=id_)[
                    "ContinuousBackupsDescription"
                ]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
                aws.dynamodb.describe_time_to_live(TableName=id_)["TimeToLiveDescription"][
                    "AttributeName"
                ],
            ],
            shown=[["by-another"], "DISABLED", "gone_at"],
        )
    ],
    "aws:secretsmanager/secret:Secret": [
        Case(
            name="secret",
            before={"description": "before"},
            after={},
            show=lambda aws, id_, _: (
                aws.secretsmanager.describe_secret(SecretId=id_).get("Description") or ""
            ),
            shown="",
        )
    ],
    "aws:ssm/parameter:Parameter": [
        Case(
            name="parameter",
            after={"value": "after"},
            show=lambda aws, id_, _: aws.ssm.get_parameter(Name=id_, WithDecryption=True)[
                "Parameter"
            ]["Value"],
            shown="after",
        )
    ],
    "aws:ecr/repository:Repository": [
        Case(
            name="images",
            after={"imageTagMutability": "MUTABLE"},
            show=lambda aws, id_, _: aws.ecr.describe_repositories(repositoryNames=[id_])[
                "repositories"
            ][0]["imageTagMutability"],
            shown="MUTABLE",
        )
    ],
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": [
        Case(
            name="images",
            after={"policy": EXPIRE},
            show=lambda aws, id_, _: json.loads(
                aws.ecr.get_lifecycle_policy(repositoryName=id_)["lifecyclePolicyText"]
            )["rules"][0]["rulePriority"],
            shown=2,
        )
    ],
    "aws:s3/bucketVersioning:BucketVersioning": [
        Case(
            name="bucket",
            after={"versioningConfiguration": {"status": "Suspended"}},
            show=lambda aws, id_, _: aws.s3.get_bucket_versioning(Bucket=id_)["Status"],
            shown="Suspended",
        )
    ],
    "aws:s3/bucketPolicy:BucketPolicy": [
        Case(
            name="bucket",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, _: actions(aws.s3.get_bucket_policy(Bucket=id_)["Policy"]),
            shown="app:Other",
        )
    ],
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": [
        Case(
            name="bucket",
            after={
                "corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["https://other.org"]}]
            },
            show=lambda aws, id_, _: aws.s3.get_bucket_cors(Bucket=id_)["CORSRules"][0][
                "AllowedMethods"
            ],
            shown=["GET"],
        )
    ],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        Case(
            name="bucket",
            after={"rules": [{"id": "other", "status": "Enabled", "expiration": {"days": 3}}]},
            show=lambda aws, id_, _: aws.s3.get_bucket_lifecycle_configuration(Bucket=id_)["Rules"][
                0
            ]["Expiration"]["Days"],
            shown=3,
        )
    ],
}
