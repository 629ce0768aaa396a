"""The systems by name: `rampart:systems` chooses from them, and a new one is one line more."""

from systems.gallery import Gallery
from systems.gallery.settings import GallerySettings
from systems.knowledge import Knowledge
from systems.knowledge.settings import KnowledgeSettings
from systems.orders import Orders
from systems.orders.settings import OrdersSettings
from systems.system import Row, row

SYSTEMS: dict[str, Row] = {
    "knowledge": row(KnowledgeSettings, Knowledge),
    "gallery": row(GallerySettings, Gallery),
    "orders": row(OrdersSettings, Orders),
}
