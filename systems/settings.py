"""What a stack's configuration decides, typed and with its defaults in one place."""

import pulumi

from pulumi_rampart import SecurityBoundaryArgs
from systems.api import ApiSettings
from systems.configuration import one_of, words
from systems.destinations import HTTPS, named
from systems.identity import IdentitySettings
from systems.library_settings import LibrarySettings
from systems.system import Chosen
from systems.table import SYSTEMS


class StackSettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config, region: str) -> None:
        """`region` is that of the stack, such as `eu-central-1`."""
        self.api = ApiSettings(config)
        self.identity = IdentitySettings(config, region)
        self.libraries = LibrarySettings(config)
        self.systems = _chosen(config, self.libraries)
        """The systems of this stack by name; no other system's configuration is read."""
        self.destinations = named(
            [
                *self.identity.destinations,
                *(one for system in self.systems.values() for one in system.destinations),
            ]
        )
        """Hosts outside AWS that the stack's functions call, and nothing else."""
        self._config = config

    def boundary(self) -> SecurityBoundaryArgs:
        """Return the boundary that this stack wants; whom it lets through follows from the rest."""
        config = self._config
        zones = config.get_int("availabilityZones") or 2
        chosen: SecurityBoundaryArgs = {
            "availability_zones": zones,
            "endpoint_zones": config.get_int("endpointZones") or zones,
            "data_class": config.get("dataClass") or "internal",
            "log_retention_days": config.get_int("logRetentionDays") or 365,
            "deletion_protection": config.get_bool("deletionProtection") is not False,
            "alarm_emails": words(config, "alarmEmails"),
            "egress_domains": sorted({one.domain for one in self.destinations}),
            "egress_ports": sorted({HTTPS, *(one.port for one in self.destinations)}),
        }
        if self.destinations:
            chosen["egress"] = one_of(config, "egress", ("firewall", "dns"))
        return chosen


def _chosen(config: pulumi.Config, libraries: LibrarySettings) -> dict[str, Chosen]:
    names = words(config, "systems")
    unknown = sorted(set(names) - SYSTEMS.keys())
    if unknown or not names:
        what = f"names {', '.join(unknown)}" if unknown else "is empty"
        raise ValueError(f"rampart:systems {what}; allowed are {', '.join(SYSTEMS)}.")
    return {name: SYSTEMS[name](config, libraries) for name in dict.fromkeys(names)}
