"""Rules on CloudFront."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    cloudfront_logging,
    cloudfront_origin_access,
    cloudfront_origin_tls,
    cloudfront_tls,
    cloudfront_waf,
)

RULES: tuple[Rule, ...] = (
    cloudfront_logging.RULE,
    cloudfront_origin_access.RULE,
    cloudfront_origin_tls.RULE,
    cloudfront_tls.RULE,
    cloudfront_waf.RULE,
)
