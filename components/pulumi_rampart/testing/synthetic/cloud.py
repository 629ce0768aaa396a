"""The cloud that creates nothing and answers everything."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pulumi_rampart.testing.cloud import ACCOUNT, REGION
from pulumi_rampart.testing.graph import Registration
from pulumi_rampart.testing.synthetic import types
from pulumi_rampart.testing.synthetic.forms import ARNS, CALLS, OUTPUTS, filled
from pulumi_rampart.testing.synthetic.policy_document import policy_document
from pulumi_rampart.testing.synthetic.values import Maker


class SyntheticCloud:
    """Creates nothing; answers with ids and ARNs of the form AWS gives them.

    The same program always gets the same answers, so graphs can be compared.

    Args:
        region: of what says none itself.
    """

    def __init__(self, region: str = REGION) -> None:
        self._region = region

    def in_region(self, region: str) -> "SyntheticCloud":
        """Return the same cloud, seen from another region."""
        return SyntheticCloud(region)

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Return a plausible id and the outputs that programs read most; see `forms`."""
        inputs = resource.inputs
        name = str(inputs.get("name") or inputs.get("bucket") or resource.name)
        # The provider ends the names of FIFO queues and topics as AWS demands it.
        is_fifo = inputs.get("fifoQueue") or inputs.get("fifoTopic")
        if is_fifo and not name.endswith(".fifo"):
            name += ".fifo"
        return self._answer(resource, name)

    def read(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Return what exists already: its id is the program's, its name is taken from that."""
        name = re.split(r"[/:]", resource.id)[-1] or resource.id
        _, outputs = self._answer(resource, name)
        if resource.id.startswith("arn:"):
            outputs["arn"] = resource.id
        return resource.id, outputs

    def complete(self, resource: Registration, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return made-up values for what the provider always answers, from its own types."""
        described = types.of_resource(resource.type)
        if described is None:
            return {}
        name = str(outputs.get("name") or outputs.get("bucket") or resource.name)
        return self._maker(resource, name).missing(described, outputs)

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function: computed, of the account, or from its own result type.

        Raises:
            LookupError: an unknown function; give `record` a cloud that answers it.
        """
        if token == "aws:iam/getPolicyDocument:getPolicyDocument":  # noqa: S105  # no password
            return policy_document(arguments)
        region = str(arguments.get("region") or self._region)
        known: dict[str, Any] = filled(CALLS.get(token, {}), region=region, account=ACCOUNT)
        described = types.of_function(token)
        if described is None and known:
            return known
        if described is None:
            raise LookupError(
                f"no answer for {token}({arguments}): the Python package of its provider, from "
                "whose types one is made up, is not installed here or does not know it. "
                "Pass record(cloud=...) an object whose call() answers it."
            )
        maker = self._maker_of_call(token, arguments, region)
        repeated = types.converted(described, arguments)
        return repeated | known | maker.missing(described, arguments | known)

    def _answer(self, resource: Registration, name: str) -> tuple[str, dict[str, Any]]:
        maker = self._maker(resource, name)
        words = {
            "name": name,
            "upper": name.upper(),
            "arn": maker.arn,
            "region": maker.region,
            "account": ACCOUNT,
        }
        more: dict[str, Any] = filled(OUTPUTS.get(resource.type, {}), **words)
        id_ = str(more.pop("id", name))
        return id_, {"arn": maker.arn, "name": name, **more}

    def _maker(self, resource: Registration, name: str) -> Maker:
        region = resource.region or self._region
        service, _, kind = resource.type.removeprefix("aws:").replace("/", ":").partition(":")
        form = ARNS.get(
            resource.type,
            f"arn:aws:{service}:{{region}}:{{account}}:{kind.split(':')[0]}/{{name}}",
        )
        arn = form.format(region=region, account=ACCOUNT, name=name)
        return Maker(name=name, arn=arn, service=service, region=region)

    def _maker_of_call(self, token: str, arguments: Mapping[str, Any], region: str) -> Maker:
        service = token.partition(":")[2].split("/")[0]
        noun = re.sub(r"^(get|list)", "", token.rpartition(":")[2])
        kind = re.sub(r"(?<!^)(?=[A-Z])", "-", noun).lower()
        named = arguments.get("name") or arguments.get("id") or arguments.get("bucket")
        asked = json.dumps(dict(arguments), sort_keys=True)
        # The form of AWS's ids: a prefix and 17 hexadecimal digits.
        id_ = f"{kind}-{hashlib.sha256(asked.encode()).hexdigest()[:17]}"
        name = str(named or id_)
        arn = f"arn:aws:{service}:{region}:{ACCOUNT}:{kind}/{name}"
        return Maker(name=name, arn=arn, service=service, region=region)
