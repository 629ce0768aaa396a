"""The engine's side of Pulumi's protocol, as the resource monitor has it."""

from google.protobuf import empty_pb2
from pulumi.runtime.proto import callback_pb2, provider_pb2, resource_pb2

from pulumi_rampart.testing.callbacks import Callbacks
from pulumi_rampart.testing.calls import Calls
from pulumi_rampart.testing.cloud import Cloud
from pulumi_rampart.testing.engine import Engine
from pulumi_rampart.testing.hooks import Hooks
from pulumi_rampart.testing.providers import Providers
from pulumi_rampart.testing.remote import Components
from pulumi_rampart.testing.resources import Resources
from pulumi_rampart.testing.run import ORGANIZATION, PARALLEL, Run
from pulumi_rampart.testing.stacks import OtherStacks
from pulumi_rampart.testing.transforms import Transforms

# What the SDK may rely on: SECRETS (0) to ERROR_HOOKS (11). The later ones would move work from the
# SDK to the engine (INVOKE_DEPENDS_ON, 14) or change the wire format (BYTE_STRING, 13).
_FEATURES = [
    each
    for each in resource_pb2.ResourceMonitorFeature.values()
    if each <= resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS
]
_NOTHING = empty_pb2.Empty()


class Monitor:
    """Answers a program as the engine's `ResourceMonitor` does.

    `protocol.MONITOR` says which method answers which call of the protocol.
    """

    def __init__(
        self, run: Run, cloud: Cloud, engine: Engine, stacks: OtherStacks, components: Components
    ) -> None:
        self._run, self._components = run, components
        self._callbacks = Callbacks()
        self._transforms = Transforms(self._callbacks)
        self._hooks = Hooks(
            self._callbacks,
            preview=run.preview,
            warn=lambda message, urn: engine.say("warning", message, urn),
        )
        providers = Providers(run.config)
        self.resources = Resources(
            run,
            cloud,
            providers=providers,
            transforms=self._transforms,
            hooks=self._hooks,
            stacks=stacks,
        )
        self._calls = Calls(cloud, providers, self._transforms, stacks, self.resources.state)

    def close(self) -> None:
        """Close what was opened to call back into the program."""
        self._callbacks.close()

    def describe(self, _request: empty_pb2.Empty) -> resource_pb2.DeploymentInfo:
        """Say what is being recorded and what the SDK may rely on."""
        return resource_pb2.DeploymentInfo(
            project=self._run.project,
            stack=self._run.stack,
            organization=ORGANIZATION,
            config=dict(self._run.config),
            configSecretKeys=sorted(self._run.secret_keys),
            dryRun=self._run.preview,
            parallel=PARALLEL,
            supportedFeatures=_FEATURES,
        )

    def supports(
        self, request: resource_pb2.SupportsFeatureRequest
    ) -> resource_pb2.SupportsFeatureResponse:
        """Answer SDKs that ask for one feature at a time, by names older than `_FEATURES`."""
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id != "sendsOptionsToHooks")

    def add_package(
        self, request: resource_pb2.RegisterPackageRequest
    ) -> resource_pb2.RegisterPackageResponse:
        """Give a parameterized package a name to refer to."""
        return resource_pb2.RegisterPackageResponse(ref=self._components.add_package(request))

    def register(
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Record a resource; a remote component is made by its provider."""
        self.resources.prepare(request)
        if request.remote and self._components.made_here(request):
            return self._components.construct(request)
        return self.resources.register(request)

    def read(self, request: resource_pb2.ReadResourceRequest) -> resource_pb2.ReadResourceResponse:
        """Answer `Resource.get`."""
        return self.resources.read(request)

    def invoke(
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a function of the engine or of a provider."""
        return self._calls.invoke(request)

    def call(self, request: resource_pb2.ResourceCallRequest) -> provider_pb2.CallResponse:
        """Answer a method of a resource: by its provider if that runs here, else by the cloud."""
        answer = self._components.call(request)
        return answer if answer is not None else self._calls.ask(request)

    def take_outputs(self, request: resource_pb2.RegisterResourceOutputsRequest) -> empty_pb2.Empty:
        """Keep what a component or the stack exports."""
        self.resources.take_outputs(request)
        return _NOTHING

    def add_transform(self, request: callback_pb2.Callback) -> empty_pb2.Empty:
        """Let a transform see every resource from now on."""
        self._transforms.add_to_stack(request)
        return _NOTHING

    def add_call_transform(self, request: callback_pb2.Callback) -> empty_pb2.Empty:
        """Let a transform see every call of a provider function from now on."""
        self._transforms.add_to_calls(request)
        return _NOTHING

    def add_hook(self, request: resource_pb2.RegisterResourceHookRequest) -> empty_pb2.Empty:
        """Keep a hook for the resources that name it."""
        self._hooks.add(request)
        return _NOTHING

    def add_error_hook(self, request: resource_pb2.RegisterErrorHookRequest) -> empty_pb2.Empty:
        """Keep an error hook for the resources that name it."""
        self._hooks.add_error_hook(request)
        return _NOTHING

    def end(self, _request: empty_pb2.Empty) -> empty_pb2.Empty:
        """Let the program end: every registration is answered as soon as it is made.

        What it serves callbacks on goes away next, which gRPC would report for an open connection.
        """
        self._callbacks.close()
        return _NOTHING
