"""Metrics of web ACLs, firewalls and NAT gateways."""

from rampart_policies.published_metrics.published import published

PUBLISHED = (
    published(
        "AWS/WAFV2",
        "AllowedRequests BlockedRequests CaptchaRequests ChallengeRequests CountedRequests "
        "PassedRequests",
        "WebACL+Rule WebACL+Rule+Region WebACL+Region",
        "/waf/latest/developerguide/waf-metrics.html",
    ),
    published(
        "AWS/NetworkFirewall",
        "DroppedPackets InvalidDroppedPackets OtherDroppedPackets Packets PassedPackets "
        "ReceivedPackets RejectedPackets StreamExceptionPolicyPackets",
        "FirewallName+AvailabilityZone+Engine FirewallName+Engine",
        "/network-firewall/latest/developerguide/monitoring-cloudwatch.html",
    ),
    published(
        "AWS/NATGateway",
        "ActiveConnectionCount BytesInFromDestination BytesInFromSource BytesOutToDestination "
        "BytesOutToSource ConnectionAttemptCount ConnectionEstablishedCount ErrorPortAllocation "
        "IdleTimeoutCount PacketsDropCount PeakBytesPerSecond PeakPacketsPerSecond",
        "NatGatewayId",
        "/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
    ),
)
