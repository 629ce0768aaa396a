"""What the package offers to programs in other languages; Python imports from the modules."""

from components.api import SecureApi
from components.boundary import SecurityBoundary
from components.bucket import SecureBucket
from components.database_proxy import DatabaseProxy
from components.dead_letter_queue import DeadLetterQueue
from components.event_bus import EventBus
from components.event_route import EventRoute
from components.image_lambda import ImageLambda
from components.parameter import SecureParameter
from components.queue import ObservedQueue
from components.secret import SecureSecret
from components.table import SecureTable
from components.user_directory import UserDirectory
from components.vector_database import VectorDatabase
from components.web_firewall import WebFirewall
from components.zip_lambda import ZipLambda

PACKAGE = "rampart"

COMPONENTS = (
    DatabaseProxy,
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
    UserDirectory,
    VectorDatabase,
    WebFirewall,
    ZipLambda,
)
