from rampart_policies import aws
from rampart_policies.resource_policies import SECRETS
from tests.policies.carriers import open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds=well_kept(SECRETS),
    breaks=open_wide(SECRETS),
    undecided=unclear(SECRETS),
    not_applicable={"a secret whose policy stands beside it": made(aws.SECRET)},
    mutation=opened("policy"),
)
