from rampart_policies.resource_policies import ARCHIVES
from tests.policies.carriers import open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture

FIXTURE = Fixture(
    holds=well_kept(ARCHIVES),
    breaks=open_wide(ARCHIVES),
    undecided=unclear(ARCHIVES),
    mutation=opened(next(iter(ARCHIVES.values()))),
)
