"""Formats that services issue their secrets in, by which a value gives itself away.

detect-secrets knows most; what was issued in a newer format than its release 1.5 is added here,
each with the page of the service that describes it.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from typing import Protocol

_FORMATS = (
    r"\bsk-ant-[\w-]{20,}",  # docs.anthropic.com/en/api/overview
    r"\bsk-(?:proj|svcacct|admin)-[\w-]{20,}",  # platform.openai.com/api-keys
    r"\bsk-[A-Za-z0-9]{20,}",  # the same, of other services that speak its API
    r"\bgithub_pat_\w{22,}",  # github.blog/changelog/2022-10-18
    r"\bAIza[\w-]{35}",  # cloud.google.com/docs/authentication/api-keys
    r"\bya29\.[\w-]{20,}",  # developers.google.com/identity/protocols/oauth2
    r"\bGOCSPX-[\w-]{20,}",  # the same, client secrets
    r"\bnpm_[A-Za-z0-9]{36}",  # github.blog/2021-09-23-announcing-npms-new-access-token
    r"\bpypi-Ag[\w-]{50,}",  # pypi.org/help/#apitoken
    r"\bhf_[A-Za-z0-9]{30,}",  # huggingface.co/docs/hub/security-tokens
    r"\bpcsk_\w{20,}",  # docs.pinecone.io/guides/projects/manage-api-keys
    r"\bdapi[0-9a-f]{32}",  # docs.databricks.com/aws/en/dev-tools/auth/pat
    r"\bsh(?:pat|pca|ppa|pss)_[0-9a-fA-F]{32}",  # shopify.dev/docs/apps/build
    r"\bwhsec_[A-Za-z0-9+/=]{24,}",  # docs.stripe.com/webhooks/signature
    r"\b[rs]k_live_[0-9A-Za-z]{16,}",  # docs.stripe.com/keys, also shorter and longer ones
    r"\bsq0[a-z]{3}-[\w-]{22,}",  # developer.squareup.com/docs/build-basics/access-tokens
    r"\bxapp-\d-\w+-\d+-[0-9a-f]+",  # api.slack.com/concepts/token-types
    r"\bdop_v1_[0-9a-f]{64}",  # docs.digitalocean.com/reference/api
    r"\bglsa_\w{32}_[0-9a-f]{8}",  # grafana.com/docs/grafana/latest/administration
    r"\bNRAK-[A-Z0-9]{27}",  # docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys
    r"\b[0-9a-f]{32}\.access\b",  # docs.contentful.com
)
_NEWER = re.compile("|".join(_FORMATS))

# Whoever knows the address of an incoming webhook may post to it: the address is the secret.
_WEBHOOKS = re.compile(
    r"https://(?:"
    r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/\w"
    r"|(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/[\w-]+"
    r"|[\w.-]+\.webhook\.office\.com/webhookb2/"
    r"|[\w.-]+\.logic\.azure\.com[:/].*[?&]sig="
    r"|[\w.-]+\.powerplatform\.com[:/].*[?&]sig="
    r"|chat\.googleapis\.com/v1/spaces/.*[?&]token="
    r"|hooks\.zapier\.com/hooks/catch/\d"
    r"|events\.pagerduty\.com/integration/\w{20,}/"
    r"|(?:api|[\w-]+)\.opsgenie\.com/.*[?&]apiKey="
    r"|maker\.ifttt\.com/trigger/\w+/(?:json/)?with/key/\w"
    r")"
)

# A signed address opens what it leads to; so does one that carries its key as a parameter.
_SIGNED = re.compile(
    r"[?&](?:X-Amz-Signature|Signature|sig|access_token|api_?key|client_secret|token)=[\w%+/=.~-]{16,}",
    re.IGNORECASE,
)


class _Detector(Protocol):
    def analyze_string(self, string: str) -> Iterable[str]:
        """Yield the secrets in a text."""
        ...


@lru_cache(maxsize=4096)
def is_issued(text: str) -> bool:
    """Whether a text is, or contains, a secret in a format that some service issues."""
    if _NEWER.search(text) or _WEBHOOKS.search(text) or _SIGNED.search(text):
        return True
    return any(next(iter(one.analyze_string(text)), None) for one in _detectors())


@cache
def _detectors() -> list[_Detector]:
    """Make those of detect-secrets that need no context around a value.

    Imported here, because the package takes half a second that a stack without variables can save.
    Left out are those that look for a service's name beside the value, and for public addresses.
    """
    names = {
        "aws": "AWSKeyDetector",
        "azure_storage_key": "AzureStorageKeyDetector",
        "basic_auth": "BasicAuthDetector",
        "discord": "DiscordBotTokenDetector",
        "github_token": "GitHubTokenDetector",
        "gitlab_token": "GitLabTokenDetector",
        "jwt": "JwtTokenDetector",
        "mailchimp": "MailchimpDetector",
        "npm": "NpmDetector",
        "openai": "OpenAIDetector",
        "private_key": "PrivateKeyDetector",
        "pypi_token": "PypiTokenDetector",
        "sendgrid": "SendGridDetector",
        "slack": "SlackDetector",
        "square_oauth": "SquareOAuthDetector",
        "stripe": "StripeDetector",
        "telegram_token": "TelegramBotTokenDetector",
        "twilio": "TwilioKeyDetector",
    }
    return [
        getattr(import_module(f"detect_secrets.plugins.{module}"), name)()
        for module, name in names.items()
    ]
