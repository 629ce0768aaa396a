"""A handler that the zip will not hold is refused before anything is built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart import packaging
from pulumi_rampart.packaging import ZipSource
from pulumi_rampart.packaging.errors import HandlerError

Project = Callable[[Path], ZipSource]

ORDER = "runtime.shop.order"


@pytest.fixture
def source(tmp_path: Path, project: Project) -> ZipSource:
    return project(tmp_path)


def refusal(source: ZipSource, handler: str) -> str:
    with pytest.raises(HandlerError) as refused:
        packaging.check_handler(source, handler)
    return str(refused.value)


@pytest.mark.parametrize(
    "code",
    [
        "def main(event, context): ...",
        "async def main(event, context): ...",
        "class main: ...",
        "main = lambda event, context: None",
        "main: object = print",
        "first, main = print, print",
        "from runtime.shared.words import main",
        "from runtime.shared.words import GREETING as main",
        "from runtime.shared.words import *",
        "try:\n    import fast\nexcept ImportError:\n    def main(event, context): ...",
        "if True:\n    pass\nelse:\n    def main(event, context): ...",
        "with open(__file__):\n    def main(event, context): ...",
        "def __getattr__(name): ...",
        "this is newer Python than we can read",
    ],
)
def test_a_handler_that_the_module_defines_is_taken(source: ZipSource, code: str) -> None:
    # given
    (source.folder / "handler.py").write_text(code)

    # then
    packaging.check_handler(source, f"{ORDER}.handler.main")


@pytest.mark.parametrize(
    "code", ["", "import main", "def other(): main = 1", "main\n", "x.main = 1"]
)
def test_a_handler_that_the_module_does_not_define_is_refused(source: ZipSource, code: str) -> None:
    # given
    (source.folder / "handler.py").write_text(code)

    # then
    assert f"{ORDER}.handler defines no main" in refusal(source, f"{ORDER}.handler.main")


@pytest.mark.parametrize(
    "handler", [f"{ORDER}.handler.handler", "runtime/shop/order/handler.handler"]
)
def test_both_ways_of_writing_a_handler_are_taken(source: ZipSource, handler: str) -> None:
    packaging.check_handler(source, handler)


def test_a_package_and_a_compiled_module_hold_handlers_too(source: ZipSource) -> None:
    # given
    (source.folder / "__init__.py").write_text("def handler(event, context): ...")
    (source.folder / "fast.cpython-313-aarch64-linux-gnu.so").write_bytes(b"\x7fELF")

    # then
    packaging.check_handler(source, f"{ORDER}.handler")
    packaging.check_handler(source, f"{ORDER}.fast.anything")


def test_a_module_that_is_not_in_the_zip_is_refused_with_what_the_zip_holds(
    source: ZipSource,
) -> None:
    # when
    message = refusal(source, "nope.handler")

    # then: what was probably meant comes first
    assert message.startswith("'nope.handler': the zip holds no module nope. Of ours it holds ")
    assert f"it holds {ORDER}.handler (handler); runtime.shared.words (GREETING)" in message


def test_without_any_module_the_refusal_says_so(tmp_path: Path) -> None:
    # given
    (tmp_path / "readme.txt").write_text("")

    # then
    message = refusal(ZipSource(tmp_path, Path()), "handler.handler")
    assert "no module that defines anything" in message


def test_the_neighbours_module_is_not_in_the_zip(source: ZipSource) -> None:
    assert "holds no module runtime.shop.pay" in refusal(source, "runtime.shop.pay.handler.x")


@pytest.mark.parametrize("handler", ["", "handler", "handler.", ".handler", "a" * 128 + ".b"])
def test_what_lambda_does_not_take_is_refused(source: ZipSource, handler: str) -> None:
    assert "is no handler: `module.function` of at most 128" in refusal(source, handler)


def test_a_handler_of_a_locked_package_is_taken_and_of_any_other_refused(
    source: ZipSource,
) -> None:
    # given
    (source.folder / "requirements.lock").write_text(
        "datadog-lambda==6.1 \\\n    --hash=sha256:0\n"
    )

    # then
    packaging.check_handler(source, "datadog_lambda.handler.handler")
    assert "holds no module nope.handler" in refusal(source, "nope.handler.handler")


def test_the_modules_of_a_source_are_listed_with_what_they_define(source: ZipSource) -> None:
    # when
    found = packaging.handlers(source)

    # then
    assert found[f"{ORDER}.handler"] == {"handler"}
    assert found["runtime.shared.words"] == {"GREETING"}
    assert found["runtime"] == frozenset()
