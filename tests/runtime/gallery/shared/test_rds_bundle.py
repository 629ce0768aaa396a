"""The authorities that functions check the database's certificate against."""

import ssl
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from pulumi_rampart.packaging import Target, ZipSource, archive
from runtime.gallery.shared.connection import RDS_BUNDLE, authority_of
from runtime.gallery.shared.database import DatabaseSettings
from systems.gallery.settings import BUNDLE
from tests.systems.golden import ROOT, STACKS, recorded

FUNCTIONS = ("migration", "image_processor", "analyzer", "embedder", "search")


def certificates() -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(RDS_BUNDLE.read_bytes())


def common_name(certificate: x509.Certificate) -> str:
    (name,) = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(name.value)


def test_it_is_too_large_for_a_parameter_and_no_function_asks_for_one_by_default() -> None:
    # given
    settings = DatabaseSettings.model_construct(database_ca_parameter="")

    # then
    assert len(RDS_BUNDLE.read_text()) > 4096
    assert authority_of(settings)() == RDS_BUNDLE.read_text()


def test_every_authority_is_its_own_issuer_and_stays_valid_for_a_year() -> None:
    # then
    for one in certificates():
        one.verify_directly_issued_by(one)
        assert one.not_valid_after_utc > datetime.now(UTC) + timedelta(days=365), common_name(one)


def test_the_regions_of_our_stacks_have_all_kinds_of_keys_and_proxies_have_amazons() -> None:
    # when
    names = {common_name(one) for one in certificates()}

    # then
    for region in ("eu-central-1", "us-east-1"):
        for kind in ("RSA2048", "RSA4096", "ECC384"):
            assert f"Amazon RDS {region} Root CA {kind} G1" in names
    assert {f"Amazon Root CA {number}" for number in (1, 2, 3, 4)} <= names


def test_tls_takes_it() -> None:
    # given
    context = ssl.create_default_context(cafile=str(RDS_BUNDLE))

    # then
    assert len(context.get_ca_certs()) >= len(certificates()) - 1


@pytest.mark.parametrize("stack", STACKS)
def test_a_stack_that_says_nothing_of_an_authority_needs_no_parameter(stack: str) -> None:
    # when
    graph = recorded(stack)

    # then
    told = [
        one.inputs["environment"]["variables"]["DATABASE_CA_PARAMETER"]
        for one in graph.of("aws:lambda/function:Function")
        if "DATABASE_CA_PARAMETER" in one.inputs["environment"]["variables"]
    ]
    assert told == [""] * len(FUNCTIONS)


@pytest.mark.registry
@pytest.mark.parametrize("function", FUNCTIONS[:1])
def test_the_function_that_logs_in_carries_it(
    function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.chdir(ROOT)
    source = ZipSource(
        root=ROOT,
        source=Path("runtime/gallery", function),
        include=(Path("runtime/shared"), Path("runtime/gallery/shared")),
    )

    # when
    built = archive(source, Target(architecture="arm64", python="3.13"))

    # then
    with zipfile.ZipFile(built.path) as zipped:
        assert str(BUNDLE.relative_to(ROOT)) in zipped.namelist()


def test_a_region_that_it_lacks_is_refused_with_where_to_get_its_own() -> None:
    # when
    with pytest.raises(ValueError, match="no certificate authority of region") as caught:
        recorded("dev", changes={"systems": '["gallery"]'}, region="mx-nowhere-1")

    # then
    assert "https://truststore.pki.rds.amazonaws.com/mx-nowhere-1/" in str(caught.value)
