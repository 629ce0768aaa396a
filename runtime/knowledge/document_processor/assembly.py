"""The processor with its real parts."""

from runtime.knowledge.document_processor.bucket import MarkdownFiles, S3Uploads
from runtime.knowledge.document_processor.chunk_rows import ChunkRows
from runtime.knowledge.document_processor.core import DocumentProcessor
from runtime.knowledge.document_processor.deletions import DynamoDeletions
from runtime.knowledge.document_processor.erasure import Eraser
from runtime.knowledge.document_processor.folders import DeletedUploads, Folder
from runtime.knowledge.document_processor.leases import DynamoLeases
from runtime.knowledge.document_processor.libraries import (
    Calls,
    DoclingConverter,
    GraphStore,
    SentenceEmbedder,
    VectorStore,
)
from runtime.knowledge.document_processor.publication import Publisher
from runtime.knowledge.document_processor.quotations import Quotations
from runtime.knowledge.document_processor.records import DynamoRecords
from runtime.shared.clients import s3_client, table
from runtime.shared.library import Library
from runtime.shared.object_versions import ObjectVersions
from runtime.shared.objects import Objects
from runtime.shared.settings import Settings
from runtime.shared.work_folder import UrlSigner


class ProcessorSettings(Settings):
    """Stores, the library functions by name or ARN, and when a message is given up."""

    documents_bucket: str
    documents_table: str
    conversations_table: str
    idempotency_table: str
    docling_function: str
    embedding_function: str
    vector_function: str
    graph_function: str
    max_receives: int
    """The queue's maxReceiveCount: the delivery with this number is the last."""


def assembled(
    settings: ProcessorSettings, library: Library, patience_seconds: int
) -> DocumentProcessor:
    """Return a processor that works on AWS; `library` waits this long for an answer."""
    s3, documents = s3_client(), table(settings.documents_table)
    signer = UrlSigner(s3, patience_seconds)
    calls = Calls(library, signer, Objects(s3), settings.documents_bucket)
    uploads = S3Uploads(s3, settings.documents_bucket)
    records = DynamoRecords(documents)
    counted = {
        "vectors": VectorStore(calls, settings.vector_function),
        "graph": GraphStore(calls, settings.graph_function),
        "table": ChunkRows(documents),
    }
    publisher = Publisher(
        uploads=uploads,
        records=records,
        converter=DoclingConverter(calls, settings.docling_function),
        embedder=SentenceEmbedder(calls, settings.embedding_function),
        counted=counted,
        markdown=MarkdownFiles(s3, settings.documents_bucket),
    )
    versions, deletions = ObjectVersions(s3, settings.documents_bucket), DynamoDeletions(documents)
    stores = {
        **counted,
        "quotations": Quotations(table(settings.conversations_table)),
        "markdown": Folder(versions, lambda document: document.markdown_prefix),
        "work": Folder(versions, lambda document: document.work_folder),
        "uploads": DeletedUploads(versions, lambda document: document.uploads_prefix),
    }
    eraser = Eraser(stores, records, deletions)
    leases = DynamoLeases(documents)
    return DocumentProcessor(
        uploads, records, leases, deletions=deletions, publisher=publisher, eraser=eraser
    )
