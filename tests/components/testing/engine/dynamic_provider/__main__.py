"""A dynamic provider of the program's own."""

import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class Counter(ResourceProvider):
    def create(self, props):
        return CreateResult(id_="one", outs={**props, "count": 1})


class Count(Resource):
    count: pulumi.Output[int]

    def __init__(self, name, opts=None):
        super().__init__(Counter(), name, {"count": None, "start": 0}, opts)


pulumi.export("count", Count("count").count)
