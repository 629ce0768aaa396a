from rampart_policies.resource_policies import OTHERS
from tests.policies.carriers import open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture

FIXTURE = Fixture(
    holds=well_kept(OTHERS),
    breaks=open_wide(OTHERS),
    undecided=unclear(OTHERS),
    mutation=opened(next(iter(OTHERS.values()))),
)
