"""A secret is told from a setting, in every format and spelling; all values here are made up."""

import base64
import hashlib
import json
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rampart_policies.secret_shapes import is_place, is_secret, names_secret

MADE_UP = random.Random(17)  # noqa: S311  # values that only look like secrets
LETTERS = string.ascii_letters + string.digits


def some(count: int, alphabet: str = LETTERS) -> str:
    return "".join(MADE_UP.choice(alphabet) for _ in range(count))


def encoded(content: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


# Put together here, so that no scanner takes this file for a leak.
ISSUED = {
    "AWS access key": "AKIA" + some(16, string.ascii_uppercase + "234567"),
    "AWS temporary key": "ASIA" + some(16, string.ascii_uppercase + "234567"),
    "AWS secret key": some(40, LETTERS + "+/"),
    "Stripe": "sk_" + "live_" + some(24),
    "Stripe, restricted": "rk_" + "live_" + some(99),
    "Stripe webhook": "whsec_" + some(32),
    "GitHub": "ghp_" + some(36),
    "GitHub, fine-grained": "github_pat_" + some(22) + "_" + some(59),
    "GitLab": "glpat-" + some(20),
    "Slack bot": "xoxb-" + "1234567890-1234567890-" + some(24, string.ascii_lowercase),
    "Slack webhook": "https://hooks.slack.com/services/T00000000/B00000000/" + some(24),
    "Slack workflow": "https://hooks.slack.com/triggers/T0000/123/" + some(32),
    "Discord webhook": "https://discord.com/api/webhooks/123456789012345678/" + some(68),
    "Teams webhook": "https://acme.webhook.office.com/webhookb2/" + some(36),
    "Google Chat": "https://chat.googleapis.com/v1/spaces/AAA/messages?key=k&token=" + some(40),
    "OpenAI": "sk-" + some(20) + "T3BlbkFJ" + some(20),
    "OpenAI, project": "sk-proj-" + some(48),
    "Anthropic": "sk-ant-api03-" + some(90),
    "Google": "AIza" + some(35),
    "Hugging Face": "hf_" + some(34),
    "Pinecone": "pcsk_" + some(40),
    "npm": "npm_" + some(36),
    "PyPI": "pypi-AgEIcHlwaS5vcmc" + some(90),
    "SendGrid": f"SG.{some(22)}.{some(43)}",
    "Twilio": "SK" + some(32, string.hexdigits[:16]),
    "Mailchimp": some(32, string.hexdigits[:16]) + "-us12",
    "Telegram": "123456789:" + some(35),
    "Databricks": "dapi" + some(32, string.hexdigits[:16]),
    "Shopify": "shpat_" + some(32, string.hexdigits[:16]),
    "Azure storage": "AccountName=a;AccountKey=" + some(86) + "==",
    "private key": "-----BEGIN RSA PRIVATE KEY-----\n" + some(64),
    "private key, PKCS 8": "-----BEGIN PRIVATE KEY-----\n" + some(64),
    "JWT": f"{encoded({'alg': 'HS256'})}.{encoded({'sub': '1'})}.{some(43)}",
    "password in JSON": json.dumps({"host": "db", "dbPassword": "hunter2"}),
    "key in nested JSON": json.dumps({"pay": "sk_" + "live_" + some(24)}),
    "password in an address": "postgresql://app:hunter2@db.example.com/app",
    "password of a broker": "amqps://app:hunter2@mq.example.com:5671",
    "presigned URL": "https://b.s3.amazonaws.com/k?X-Amz-Signature=" + some(64, "0123456789abcdef"),
    "shared access signature": "https://a.blob.core.windows.net/c?sv=1&sig=" + some(43),
}

NAMES = (
    *("DB_PASSWORD", "dbPassword", "db-password", "/shop/dbPassword", "shop/db/password"),
    *("PGPASSWORD", "MYSQL_PWD", "DB_PASS", "redisPass", "KEY_PASSPHRASE", "ADMIN_PASSWD"),
    *("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "SECRET", "CLIENT_SECRET", "clientSecret"),
    *("API_KEY", "ApiKey", "apikey", "X_API_KEY", "OPENAI_API_KEY", "PRIVATE_KEY", "AUTH_KEY"),
    *("ENCRYPTION_KEY", "SIGNING_KEY", "STRIPE_SECRET_KEY", "SECRET_KEY_BASE", "JWT_SECRET"),
    *("TOKEN", "GITHUB_TOKEN", "accessToken", "CREDENTIALS", "SLACK_WEBHOOK", "APP_SECRETS"),
)

ABOUT_SECRETS = {
    "DB_SECRET": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop-db-AbCdEf",
    "DB_SECRETS": "arn:aws:secretsmanager:::secret:a,arn:aws:secretsmanager:::secret:b",
    "DB_PASSWORD": "/shop/prod/db-password",
    "API_KEY": "arn:aws:ssm:eu-central-1:111122223333:parameter/shop/api-key",
    "PGPASSWORD": "{{resolve:secretsmanager:shop-db:SecretString:password}}",
    "TOKEN_URL": "https://example.com/oauth/token",
    "TOKEN": "https://example.com/oauth/token",
    "CLIENT_SECRET": "shop/oauth/client",
    "SECRET_NAME": "shop-db-credentials",
    "dbSecretArn": "not-yet-an-arn",
    "PASSWORD_MIN_LENGTH": "12",
    "MAX_TOKENS": "4096",
    "TOKEN_TTL_SECONDS": "86400",
    "TOKEN_TYPE": "Bearer",
    "REQUIRE_TOKEN": "true",
    "API_KEY_HEADER": "x-api-key",
    "SECRETS_EXTENSION_HTTP_PORT": "2773",
    "PUBLIC_KEY": "-----BEGIN PUBLIC KEY----- MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
    "KMS_KEY_ID": "1234abcd-12ab-34cd-56ef-1234567890ab",
    "PARTITION_KEY": "tenantId",
    "SORT_KEY": "createdAtTimestamp",
    "BYPASS_CACHE": "requests-of-administrators",
    "COMPASS": "north-by-northwest",
    "TOKENIZER": "cl100k_base",
}

SETTINGS = {
    "TABLE_NAME": "orders-prod-7f3b2a9",
    "QUEUE_URL": "https://sqs.eu-central-1.amazonaws.com/111122223333/shop-orders-and-returns.fifo",
    "TOPIC_ARN": "arn:aws:sns:eu-central-1:123456789012:a-topic-with-a-name-of-many-letters-0",
    "ROUTES": json.dumps({"a": "arn:aws:sqs:eu-central-1:1234567890:" + "long-queue-name-" * 3}),
    "USER_POOL": "eu-central-1_AbCdEfGhI",
    "CLIENT_ID": "1h57kf5cpq17m0eml12EXAMPLE",
    "CODE_SHA256": base64.b64encode(hashlib.sha256(b"code").digest()).decode(),
    "COMMIT": hashlib.sha256(b"commit").hexdigest()[:40],
    "IMAGE": "111122223333.dkr.ecr.eu-central-1.amazonaws.com/app@sha256:" + "ab12" * 16,
    "CACHE_KEY": "orders-by-customer",
    "HANDLER": "com.example.shop.orders.OrderConfirmationRequestHandler",
    "STATE_MACHINE": "ShopOrderConfirmationWorkflowForProduction2",
    "SETTINGS": base64.b64encode(
        json.dumps({"page": 20, "colour": "green", "A": 1}).encode()
    ).decode(),
    "OTEL": "service.name=orders,deployment.environment=prod,service.version=1.22.333",
    "WRAPPER": "/opt/otel-handler",
    "NODE_OPTIONS": "--enable-source-maps --max-old-space-size=1536",
    "CIDRS": "10.0.0.0/16,10.1.0.0/16",
    "CERTIFICATE": "-----BEGIN CERTIFICATE----- MIIBkTCB+wIJAKHHCgVZU2T3MA0GCSqGSIb3DQEBCwUA",
    "ORIGIN": "https://shop.example.com",
    "DATABASE_URL": "postgresql://db.example.com:5432/shop",
    "DATABASE": "postgresql://{user}:{password}@db.example.com/shop",
}


@pytest.mark.parametrize("value", ISSUED.values(), ids=ISSUED)
@pytest.mark.parametrize("name", ["SETTING", "URL", "CONFIG_PATH"])
def test_an_issued_secret_is_one_under_any_name(name: str, value: str) -> None:
    assert is_secret(name, value)


@pytest.mark.parametrize("name", NAMES)
def test_a_telling_name_makes_a_secret_of_an_ordinary_value(name: str) -> None:
    assert is_secret(name, "hunter2")
    assert is_secret(name, "Tr0ub4dor&3")


@pytest.mark.parametrize(("name", "value"), ABOUT_SECRETS.items())
def test_what_tells_about_a_secret_is_none(name: str, value: str) -> None:
    assert not is_secret(name, value)


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_an_ordinary_setting_is_none(name: str, value: str) -> None:
    assert not is_secret(name, value)


def test_a_random_text_needs_a_telling_name_where_it_may_be_a_digest() -> None:
    # given
    text = some(64, string.hexdigits[:16])

    # then
    assert is_secret("HMAC_KEY", text)
    assert not is_secret("BUILD", text)


@pytest.mark.parametrize("value", ["/8fK+3l/Qw9Zx7T2b5N4m6V1c0Y3u8I9", some(30) + "/" + some(30)])
def test_a_random_text_is_no_path_for_the_slash_in_it(value: str) -> None:
    assert not is_place(value)


@given(st.text(), st.text())
def test_any_name_and_any_value_are_judged(name: str, value: str) -> None:
    assert is_secret(name, value) in {True, False}


@given(st.sampled_from(NAMES), st.sampled_from(["NAME", "ARN", "_TTL_SECONDS", "Path", "-prefix"]))
def test_a_name_that_ends_in_what_is_told_names_no_secret(name: str, about: str) -> None:
    assert not names_secret(f"{name}_{about}")


@pytest.mark.parametrize("name", ["AWS_SECRET_ACCESS_KEY", "SETTING"])
def test_slashes_of_base64_make_no_path_of_a_secret_key(name: str) -> None:
    # given
    made_up = [f"{some(9)}/{some(10, LETTERS + '+/')}/{some(19)}" for _ in range(300)]

    # when
    found = [one for one in made_up if is_secret(name, one)]

    # then
    assert len(found) >= 0.97 * len(made_up)  # a few have as little entropy as a text


@pytest.mark.parametrize(
    "path", ["Secrets/Prod/V2/DatabasePassword", "prod/shop/eu-west-1/db-password-v2", "a/b/C1"]
)
def test_a_path_stays_a_path_whatever_its_name_says(path: str) -> None:
    assert not is_secret("DB_SECRET", path)
