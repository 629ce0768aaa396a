"""What Pulumi runs (`pulumi preview --policy-pack policies`): serves the pack to the engine."""

from rampart_policies.crossguard import serve

if __name__ == "__main__":
    serve()
