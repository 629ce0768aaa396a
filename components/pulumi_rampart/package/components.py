"""What the package offers to programs in other languages."""

from pulumi_rampart.api.secure_api import SecureApi
from pulumi_rampart.api.web_firewall import WebFirewall
from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.component import Component
from pulumi_rampart.functions.image_lambda import ImageLambda
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.identity.user_directory import UserDirectory
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.event_bus import EventBus
from pulumi_rampart.messaging.event_route import EventRoute
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.topic import Topic
from pulumi_rampart.messaging.workflow import Workflow
from pulumi_rampart.stores.bucket import SecureBucket
from pulumi_rampart.stores.parameter import SecureParameter
from pulumi_rampart.stores.secret import SecureSecret
from pulumi_rampart.stores.table import SecureTable
from pulumi_rampart.stores.vector_database import VectorDatabase

COMPONENTS: tuple[type[Component], ...] = (
    DeadLetterQueue,
    EventBus,
    EventRoute,
    ImageLambda,
    ObservedQueue,
    SecureApi,
    SecureBucket,
    SecureParameter,
    SecureSecret,
    SecureTable,
    SecurityBoundary,
    Topic,
    UserDirectory,
    VectorDatabase,
    WebFirewall,
    Workflow,
    ZipLambda,
)
