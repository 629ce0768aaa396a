"""Typed Pulumi components that put a security boundary around serverless functions."""

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.route import Route
from pulumi_rampart.api.secure_api import SecureApi, SecureApiArgs
from pulumi_rampart.api.web_firewall import WebFirewall, WebFirewallArgs
from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.boundary.choices import SecurityBoundaryArgs
from pulumi_rampart.boundary.existing_network import ExistingNetworkArgs
from pulumi_rampart.boundary.key_use import use_key
from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.functions.image_lambda import ImageLambda, ImageLambdaArgs
from pulumi_rampart.functions.zip_lambda import ZipLambda, ZipLambdaArgs
from pulumi_rampart.identity.user_directory import UserDirectory, UserDirectoryArgs
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue, DeadLetterQueueArgs
from pulumi_rampart.messaging.delivery import DeliveryArgs
from pulumi_rampart.messaging.event_bus import EventBus, EventBusArgs
from pulumi_rampart.messaging.event_route import EventRoute, EventRouteArgs
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.queue_args import ObservedQueueArgs
from pulumi_rampart.messaging.queue_policy import Sender
from pulumi_rampart.messaging.schedule import Schedule, ScheduleArgs
from pulumi_rampart.messaging.subscription import SubscriptionArgs
from pulumi_rampart.messaging.topic import Topic, TopicArgs
from pulumi_rampart.messaging.workflow import Workflow, WorkflowArgs
from pulumi_rampart.override import override
from pulumi_rampart.permission import Permission, Statement
from pulumi_rampart.stores.bucket import SecureBucket, SecureBucketArgs
from pulumi_rampart.stores.bucket_lifecycle import Expiry
from pulumi_rampart.stores.parameter import SecureParameter, SecureParameterArgs
from pulumi_rampart.stores.secret import SecureSecret, SecureSecretArgs
from pulumi_rampart.stores.table import SecureTable
from pulumi_rampart.stores.table_args import SecureTableArgs, TableIndex
from pulumi_rampart.stores.table_stream import StreamSubscriptionArgs
from pulumi_rampart.stores.vector_database import VectorDatabase, VectorDatabaseArgs

__all__ = [
    "ApiHandler",
    "ArgumentError",
    "Boundary",
    "Component",
    "DeadLetterQueue",
    "DeadLetterQueueArgs",
    "DeliveryArgs",
    "EventBus",
    "EventBusArgs",
    "EventRoute",
    "EventRouteArgs",
    "ExistingNetworkArgs",
    "Expiry",
    "ImageLambda",
    "ImageLambdaArgs",
    "LambdaFunction",
    "ObservedQueue",
    "ObservedQueueArgs",
    "Permission",
    "Route",
    "Schedule",
    "ScheduleArgs",
    "SecureApi",
    "SecureApiArgs",
    "SecureBucket",
    "SecureBucketArgs",
    "SecureParameter",
    "SecureParameterArgs",
    "SecureSecret",
    "SecureSecretArgs",
    "SecureTable",
    "SecureTableArgs",
    "SecurityBoundary",
    "SecurityBoundaryArgs",
    "Sender",
    "Statement",
    "StreamSubscriptionArgs",
    "SubscriptionArgs",
    "TableIndex",
    "Topic",
    "TopicArgs",
    "UserDirectory",
    "UserDirectoryArgs",
    "VectorDatabase",
    "VectorDatabaseArgs",
    "WebFirewall",
    "WebFirewallArgs",
    "Workflow",
    "WorkflowArgs",
    "ZipLambda",
    "ZipLambdaArgs",
    "boundary_of",
    "override",
    "use_key",
]
