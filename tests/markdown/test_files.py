"""Files that a person brings: how large, in which encoding, under which name."""

import os

import pytest

from prep.errors import InvalidValue
from prep.markdown import files

TEXT = "Zoë’s “café”"


def test_a_file_is_read_up_to_its_limit(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" * 10)
    assert files.read(tmp_path / "a.txt", 10, InvalidValue) == b"x" * 10
    with pytest.raises(InvalidValue, match="larger than 9 bytes"):
        files.read(tmp_path / "a.txt", 9, InvalidValue)


def test_utf_16_may_be_twice_as_large(tmp_path):
    (tmp_path / "a.txt").write_bytes(("x" * 10).encode("utf-16"))
    assert files.read_text(tmp_path / "a.txt", 11, InvalidValue) == "x" * 10


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "no such file"),
        (os.mkdir, "no file that can be read"),
        (os.mkfifo, "no file that can be read"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, make, why):
    make(tmp_path / "a.txt")
    with pytest.raises(InvalidValue, match=why):
        files.read(tmp_path / "a.txt", 10, InvalidValue)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_that_no_file_has_is_one_line(tmp_path, name):
    with pytest.raises(InvalidValue, match="cannot be read"):
        files.read(tmp_path / name, 10, InvalidValue)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"plain", files.ASCII),
        (TEXT.encode(), files.UTF_8),
        (TEXT.encode("utf-8-sig"), files.UTF_8),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("cp1252"), files.WINDOWS_1252),
    ],
)
def test_a_text_is_read_with_the_name_of_its_encoding(data, encoding):
    text, name = files.decoded(data, "a.txt", InvalidValue)
    assert (text, name) == ("plain" if data == b"plain" else TEXT, encoding)


@pytest.mark.parametrize(
    ("data", "why"),
    [(TEXT.encode()[:-1], "damaged UTF-8"), (b"\x81\x8d\x90", "save it as UTF-8")],
)
def test_what_is_no_text_is_refused(data, why):
    with pytest.raises(InvalidValue, match=why):
        files.decoded(data, "a.txt", InvalidValue)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a.json", "a.json"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("a\0b.md", "ab.md"),
        (f"a.{'x' * 30}", f"a.{'x' * 30}"),
    ],
)
def test_a_name_leads_nowhere_else(wanted, name):
    assert files.usable_name(wanted) == name


@pytest.mark.parametrize("letter", ["x", "я", "漢", "😀"])
def test_a_long_name_keeps_its_end_and_whole_letters(letter):
    name = files.usable_name(f"{letter * 300}.json")
    assert name.endswith(f"{letter}.json")
    assert len(name.encode()) <= files.LONGEST_NAME
