from rampart_policies.resource_policies import LOGS
from tests.policies.carriers import open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture

FIXTURE = Fixture(
    holds=well_kept(LOGS),
    breaks=open_wide(LOGS),
    undecided=unclear(LOGS),
    mutation=opened(next(iter(LOGS.values()))),
)
