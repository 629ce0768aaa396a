"""What a stack's configuration decides about Orders."""

import pulumi

from systems.destinations import destination
from systems.library_settings import LibrarySettings


class OrdersSettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config, libraries: LibrarySettings) -> None:
        del libraries  # no model takes part
        self.payments_url = config.require("paymentsUrl")
        self.payments_key = config.get_secret("paymentsApiKey")
        self.approval_above_cents = config.get_int("approvalAboveCents") or 100_000
        self.approval_seconds = config.get_int("approvalSeconds") or 24 * 3600
        self.settlement = config.get("settlementSchedule") or "cron(0 2 * * ? *)"
        self.destinations = (destination("paymentsUrl", self.payments_url),)
