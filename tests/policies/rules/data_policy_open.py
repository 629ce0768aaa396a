from rampart_policies.resource_policies import STREAMS_AND_TABLES
from tests.policies.carriers import open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture

FIXTURE = Fixture(
    holds=well_kept(STREAMS_AND_TABLES),
    breaks=open_wide(STREAMS_AND_TABLES),
    undecided=unclear(STREAMS_AND_TABLES),
    mutation=opened(next(iter(STREAMS_AND_TABLES.values()))),
)
