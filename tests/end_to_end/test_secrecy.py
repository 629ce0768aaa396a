"""What must not be in a log is in none, whatever happened."""

import json

from tests.end_to_end.knowledge import Knowledge
from tests.end_to_end.laptop import Laptop
from tests.end_to_end.sample_files import long_text


def test_no_secret_is_ever_logged(laptop: Laptop, acme: Knowledge) -> None:
    # given: everything that handles secrets has worked, and has failed
    form = acme.form("diary.md", b"# Diary\n\nThe diary lies in the left drawer.\n")
    acme.add("diary.md", b"# Diary\n\nThe diary lies in the left drawer.\n")
    question = "Where does the diary lie?"
    assert not acme.ask(question)["degraded"]
    with (
        laptop.changed("knowledge-chat-orchestrator"),
        laptop.changed("library-pinecone", PINECONE_CONTROL_URL="http://127.0.0.1:9"),
    ):
        acme.request("POST", "/chat", json={"question": question})
    with laptop.changed("knowledge-chat-orchestrator"), laptop.provider.in_mood("errs"):
        assert acme.ask(question)["degraded"]
    with laptop.changed("library-neo4j", NEO4J_URI="bolt://127.0.0.1:9"):
        assert acme.ask(question)["degraded"]
    acme.request("GET", "/crud", headers={"Authorization": f"Bearer {acme.token}x"})
    # given: signed URLs were refused, and in the next attempt read and written to
    with laptop.without("knowledge-document-processor", "s3:PutObject", "/work/"):
        since = len(laptop.lines)
        refused = acme.upload("refused.md", long_text("refused"))
        laptop.waits_for_line("library-docling", "Refused", since)
    assert laptop.processed(refused, since) == ["published"]

    # when
    secrets = {
        *stored(laptop),
        acme.token,
        acme.token.rpartition(".")[2],
        form["fields"]["x-amz-signature"],
        form["fields"]["x-amz-security-token"],
    }
    logged = "\n".join(line for _, line in laptop.lines)

    # then: the log is that of all this, and has none of it
    assert question not in logged
    assert "library-openai" in logged
    assert [secret[:6] for secret in secrets if secret in logged] == []
    assert "DeniedError" in logged
    assert "X-Amz-" not in logged
    assert "X-Amz-" not in (laptop.folder / "aws" / "aws.log").read_text()


def stored(laptop: Laptop) -> set[str]:
    """Every secret of the deployment; of one that is a JSON object, its password."""
    aws = laptop.cloud.clients.secretsmanager
    found: set[str] = set()
    for secret in laptop.cloud.graph.of("aws:secretsmanager/secretVersion:SecretVersion"):
        value = aws.get_secret_value(SecretId=secret.inputs["secretId"])["SecretString"]
        found.add(json.loads(value)["password"] if value.startswith("{") else value)
    assert len(found) == 3
    return found
