"""Which names of a build context are sent; expected values are those of moby/patternmatcher."""

from pathlib import Path

import pytest

from pulumi_rampart.packaging import ImageSource
from pulumi_rampart.packaging.dockerignore import ignored_by
from pulumi_rampart.packaging.errors import SourceError
from pulumi_rampart.packaging.image import sent

TREE = ["a.txt", "b.md", "docs/a.txt", "docs/b.md", "docs/deep/a.txt", "src/.env", "src/x/y.py"]


def context(root: Path, ignore: str, name: str = ".dockerignore") -> ImageSource:
    for file in ("Dockerfile", *TREE):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(file)
    (root / name).write_text(ignore)
    return ImageSource(root, Path("Dockerfile"))


@pytest.mark.parametrize(
    ("ignore", "expected"),
    [
        pytest.param("", TREE, id="nothing"),
        pytest.param("# *\n\n   \n", TREE, id="comments and blank lines"),
        pytest.param("*\n", [], id="everything"),
        pytest.param("docs", ["a.txt", "b.md", "src/.env", "src/x/y.py"], id="a folder"),
        pytest.param("/docs/\r\n", ["a.txt", "b.md", "src/.env", "src/x/y.py"], id="with slashes"),
        pytest.param("*.md", [name for name in TREE if name != "b.md"], id="top only"),
        pytest.param("**/*.md", [n for n in TREE if not n.endswith(".md")], id="any folder"),
        pytest.param("*/*.txt", [n for n in TREE if n != "docs/a.txt"], id="one folder down"),
        pytest.param("docs/**", [n for n in TREE if not n.startswith("docs")], id="all within"),
        pytest.param("**/.*", [n for n in TREE if n != "src/.env"], id="hidden"),
        pytest.param("?.txt", [n for n in TREE if n != "a.txt"], id="one letter"),
        pytest.param("[b-z].md", [n for n in TREE if n != "b.md"], id="a class"),
        pytest.param("[^a].*", [n for n in TREE if n != "b.md"], id="a negated class"),
        pytest.param("*\n!docs", ["docs/a.txt", "docs/b.md", "docs/deep/a.txt"], id="taken back"),
        pytest.param("*\n!docs/deep", ["docs/deep/a.txt"], id="taken back in an ignored folder"),
        pytest.param("*\n!**/*.md", ["b.md", "docs/b.md"], id="taken back anywhere"),
        pytest.param("*\n!docs\ndocs/*.md", ["docs/a.txt", "docs/deep/a.txt"], id="last one wins"),
        pytest.param("!docs\n*", [], id="taken back too early"),
        pytest.param("docs\n!doc", [n for n in TREE if not n.startswith("docs")], id="no prefix"),
        pytest.param("docs/../src", [n for n in TREE if not n.startswith("src")], id="dots"),
        pytest.param("\ufeffdocs", ["a.txt", "b.md", "src/.env", "src/x/y.py"], id="a mark"),
        # What matches only inside a folder is not taken back by the folder's name.
        pytest.param("docs/*.md\n!docs", [n for n in TREE if n != "docs/b.md"], id="by folder"),
    ],
)
def test_what_is_sent_is_what_docker_sends(
    tmp_path: Path, ignore: str, expected: list[str]
) -> None:
    # when
    names = list(sent(context(tmp_path, ignore)))

    # then
    assert [name for name in names if name in TREE] == expected


def test_a_dockerfiles_own_ignore_file_goes_before_the_contexts(tmp_path: Path) -> None:
    # given
    source = context(tmp_path, "*\n!docs\n")

    # when
    context(tmp_path, "*\n!src\n", "Dockerfile.dockerignore")

    # then
    assert list(sent(source)) == ["src/.env", "src/x/y.py"]


@pytest.mark.parametrize(
    ("ignore", "skipped"),
    [
        ("*\n!docs\n", True),
        ("*\n!docs\n!src/*\n", True),
        ("*\n!environment/lib\n", False),
        ("*\n!environment/*\n", False),
        ("*\n!**/*.md\n", False),
        ("*\n!e*\n", False),
    ],
)
def test_an_ignored_folder_is_walked_only_if_something_in_it_may_be_taken_back(
    tmp_path: Path, ignore: str, *, skipped: bool
) -> None:
    # given: it may hold gigabytes
    source = context(tmp_path, ignore)

    # then
    assert ignored_by(source.file, source.context).all_in("environment") is skipped


@pytest.mark.parametrize(
    "line", ["!", "! ", "[a", "[]", "a[b-", "*[b-a]", "a\\", "*\\d", "[*]", "!/"]
)
def test_a_malformed_pattern_is_named(tmp_path: Path, line: str) -> None:
    # given
    source = context(tmp_path, f"docs\n{line}\n")

    # when
    with pytest.raises(SourceError) as refused:
        list(sent(source))

    # then
    assert str(refused.value).startswith(f"{tmp_path / '.dockerignore'}: `{line.strip()}` ")
