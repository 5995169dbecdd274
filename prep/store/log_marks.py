"""Whether the log beside a database is its own.

SQLite plays whatever `prep.db-wal` it finds into `prep.db`: nothing in a log says of which file it
is. Where a synced folder, or a hand, puts another file in the place of one whose log is still
there, the two make a mixture that looks sound. So each change leaves a mark on the first page: a
random number and, beside it, the number that was there before. The file without its log always
bears a number that the log knows, as one it wrote or as the one before its first.

What no mark can tell: a file that was copied without its log while that was being written into it,
page by page. It is torn in itself.
"""

from __future__ import annotations

import secrets
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NamedTuple

from prep.errors import DamagedDatabase
from prep.store import file_integrity
from prep.store.sqlite_errors import RESTORE

# https://www.sqlite.org/fileformat2.html: of the database, the log and each of its frames.
_MARK, _BEFORE = 60, 68  # on the first page: user_version, application_id
_MAGIC = 0x377F0682  # its last bit is the order of bytes in checksums
_LOG_HEADER = struct.Struct(">8I")  # magic, version, page size, number, salts (2), checksums (2)
_FRAME_HEADER = struct.Struct(">6I")  # page, pages in all, salts (2), checksums (2)
_TIMES_READ = 10


class _Log(NamedTuple):
    page_size: int
    salts: tuple[int, int]


def mark(connection: sqlite3.Connection) -> None:
    """Mark the transaction that is open as following what the database held before it."""
    follow(connection, number(connection))


def follow(connection: sqlite3.Connection, before: int) -> None:
    """Mark a database as what follows the one that bears the number `before`."""
    connection.execute(f"PRAGMA application_id = {before}")
    connection.execute(f"PRAGMA user_version = {secrets.randbits(32) - 2**31}")


def number(connection: sqlite3.Connection) -> int:
    """Return the number that a database bears now."""
    mark: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return mark


def refuse_foreign(path: Path) -> None:
    """Raise DamagedDatabase where the log beside the database at `path` is another file's."""
    if is_foreign(path):
        raise DamagedDatabase(
            f"{path}: the log beside it ({path.name}-wal) belongs to another {path.name}, as when a"
            " synced folder replaces one of the two; nothing was changed. Put the file back that"
            f" the log belongs to; or, to do without what only the log holds, move the log away;"
            f" or {RESTORE}"
        )


def is_foreign(path: Path) -> bool:
    """Return whether the log beside the database at `path` is another file's.

    What another program wrote bears no mark: of a log that holds nothing else, it is not known.
    """
    log = path.with_name(f"{path.name}-wal")
    if file_integrity.size_of(log) <= _LOG_HEADER.size:
        return False
    if not file_integrity.size_of(path):
        return _begun(log) is not None  # of a file that was emptied or taken away
    for _ in range(_TIMES_READ):  # others may begin the log anew, or take it away, meanwhile
        before, found = _begun(log), _number_without_log(path)
        marks = set(_numbers(log, found))
        if not marks or found in marks:
            return False
        if before == _begun(log) and found == _number_without_log(path):
            return True
    return False


def _number_without_log(path: Path) -> int:
    # Through SQLite: to open and close the file oneself would end the locks that SQLite has on it.
    uri = f"{path.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        # Others may be writing the log into the file, its first page before its last, or have died
        # at that: without this, SQLite takes a file that is shorter than its first page says for
        # damaged, though the log holds what is missing.
        connection.execute("PRAGMA writable_schema = ON")
        return number(connection)


def _begun(log: Path) -> _Log | None:
    """Return what tells a log from those before it, None where there is none."""
    try:
        with log.open("rb") as file:
            return _header(file)
    except OSError:  # gone; or not to be read, which SQLite says
        return None


def _numbers(log: Path, wanted: int) -> Iterator[int]:
    """Yield the numbers in a log, up to the one that is wanted."""
    try:
        with log.open("rb") as file:
            header = _header(file)
            for first_page in _first_pages(file, header) if header else ():
                for offset in (_BEFORE, _MARK):
                    found = int.from_bytes(first_page[offset : offset + 4], "big", signed=True)
                    yield found
                    if found == wanted:
                        return
    except OSError:
        return


def _header(file: BinaryIO) -> _Log | None:
    data = file.read(_LOG_HEADER.size)
    if len(data) < _LOG_HEADER.size:
        return None
    magic, _version, page_size, _number, *salts, _sum, _sum = _LOG_HEADER.unpack(data)
    return _Log(page_size, (salts[0], salts[1])) if magic & ~1 == _MAGIC else None


def _first_pages(file: BinaryIO, log: _Log) -> Iterator[bytes]:
    """Yield the beginning of each first page that a log holds; what is older than it is left."""
    place = _LOG_HEADER.size
    while len(frame := file.read(_FRAME_HEADER.size)) == _FRAME_HEADER.size:
        page, _pages, *salts, _sum, _sum = _FRAME_HEADER.unpack(frame)
        if tuple(salts) != log.salts:
            return
        if page == 1:
            yield file.read(_BEFORE + 4)
        place += _FRAME_HEADER.size + log.page_size
        file.seek(place)
