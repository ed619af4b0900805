"""The manifest: what made each file of the output folder; nothing is made twice, and only our own files are removed.

One JSON text a line: a line for each unit of the catalogue, and a last line that
closes the build. While a build runs the lines gather in ``flowstd-manifest.json.part``;
when all files are in place it is renamed. What a killed build leaves there is read
by the next one, up to the last whole line.

Every line is sealed, and the last one holds the digest of all: what is damaged is
not believed, and costs time only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

from flowstd.base.files import environment, opened

from .write import OutputFolder

NAME = "flowstd-manifest.json"
PART = NAME + ".part"
FRESH = ".flowstd-journal.part"
FORMAT = "flowstd-manifest/6"
Record = dict[str, Any]               # of one unit; see make.py for what it holds


class Manifest:
    """What earlier builds made, read line by line; only places of lines are held in memory.

    *hear* is told each unit's record as it is read, before it is known whether the manifest is whole.
    """

    def __init__(self, folder: OutputFolder, hear: Callable[[Record], None] = lambda record: None) -> None:
        self._hear = hear
        self.closing: Record = {}             # the last line, of a build that came to its end
        self.damaged = False                  # a manifest is there but cannot be trusted
        self.torn = False                     # a line of it, or of what a killed build left, is not what we wrote
        self.lost = False                     # there is none: it was never written, or somebody took it away
        self._places: dict[str, tuple[IO[bytes], int]] = {}
        self._unfinished: dict[str, tuple[IO[bytes], int]] = {}
        self._files: list[IO[bytes]] = []
        self._read(os.path.join(folder.path, NAME), whole=True)
        self._read(os.path.join(folder.path, PART), whole=False)

    def __contains__(self, unit: str) -> bool:
        return unit in self._places

    def get(self, unit: str) -> Record | None:
        """What was made of *unit*, if anything."""
        place = self._places.get(unit)
        if place is None:
            return None
        file, offset = place
        file.seek(offset)
        return _line(file.readline())

    def units(self) -> Iterator[str]:
        """The id of every unit, in the order built."""
        yield from self._places

    def records(self) -> Iterator[Record]:
        """What was made of each unit, in the order built."""
        yield from filter(None, map(self.get, self._places))

    def files_of(self, unit: str) -> list[str]:
        """The names of the files that we made of *unit*."""
        return [name for name, _, _, _ in files_of(self.get(unit) or {})]

    def files(self) -> dict[str, str]:
        """File name → digest of everything we made."""
        made = {name: mark for record in self.records() for name, _, _, mark in files_of(record)}
        made.update({name: mark for name, _, _, mark in self.closing.get("pages", ())})
        made.update(self.closing.get("left", ()))
        return made

    def unfinished(self) -> Iterator[bytes]:
        """The lines that a killed build left."""
        for file, offset in self._unfinished.values():
            file.seek(offset)
            yield file.readline()

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
        self._places.clear()

    def _read(self, path: str, *, whole: bool) -> None:
        try:
            file = opened(Path(path))         # read from until close()
        except OSError:
            self.lost = self.lost or whole
            return
        self._files.append(file)
        places: dict[str, tuple[IO[bytes], int]] = {}
        seen = blake2b(digest_size=16)
        closing: Record = {}
        offset = 0
        for line in file:
            record = _line(line)
            if record is None or closing:
                closing = {} if whole else closing
                self.torn = self.torn or line.endswith(b"\n")
                break
            if "closes" in record:
                sound = _sealed(line) and record["closes"] == seen.hexdigest() and record.get("format") == FORMAT
                closing = record if sound else {}
            elif _sound(record) and (whole or _sealed(line)):       # the digest of all seals a whole one
                places[record["unit"]] = (file, offset)
                self._hear(record)
            else:
                self.torn = True
                break
            seen.update(line)
            offset += len(line)
        if whole and not closing:
            self.damaged = True
            return
        self._places.update(places)
        if whole:
            self.closing = closing
        else:
            self._unfinished = places
            self.closing = {**self.closing, "partial": True}


class Journal:
    """The manifest of the build that runs now, line by line.

    Raises: BadEnvironment: it cannot be written.
    """

    def __init__(self, folder: OutputFolder, before: Manifest) -> None:
        self.folder = folder
        self._path = os.path.join(folder.path, PART)
        self._seen = blake2b(digest_size=16)
        self._before = before.closing
        self._carried = 0                     # bytes at the front, kept in case this build is killed as well
        fresh = os.path.join(folder.path, FRESH)
        try:
            self._file = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
            for line in before.unfinished():
                self._carried += len(line)
                _write(self._file, line)
            os.replace(fresh, self._path)
        except OSError as error:
            raise environment(error, self._path) from None
        self._whole = self._carried           # bytes that are whole lines

    def add(self, record: Record) -> None:
        """One more unit. Raises BadEnvironment."""
        self._write(record)

    def end(self, closing: Record) -> None:
        """The last line; from here on this is the manifest, unless the old one says the same. Raises BadEnvironment."""
        last = {"format": FORMAT, **closing, "closes": self._seen.hexdigest()}
        self._write(last)
        try:
            if json.loads(json.dumps(last)) == {name: value for name, value in self._before.items() if name != "seal"}:
                self.drop()
                os.unlink(self._path)
                return
            if self._carried:
                self._leave_behind()
            os.fsync(self._file)
            self.drop()
            os.replace(self._path, os.path.join(self.folder.path, NAME))
        except OSError as error:
            raise environment(error, self._path) from None

    def drop(self) -> None:
        """Close the file, whatever became of it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _leave_behind(self) -> None:
        """The same without the lines of the build before."""
        os.lseek(self._file, self._carried, os.SEEK_SET)
        fresh = os.path.join(self.folder.path, FRESH)
        new = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        try:
            while block := os.read(self._file, 1 << 20):
                _write(new, block)
        except BaseException:
            os.close(new)
            raise
        os.close(self._file)
        self._file = new
        os.replace(fresh, self._path)

    def _write(self, record: Record) -> None:
        said = _ENCODED(record).encode("utf-8", "surrogatepass")[:-1]
        line = said + _seal(said)
        try:
            _write(self._file, line)
        except OSError as error:
            os.ftruncate(self._file, self._whole)
            os.lseek(self._file, 0, os.SEEK_END)
            raise environment(error, self._path) from None
        self._whole += len(line)
        self._seen.update(line)


def _seal(said: bytes) -> bytes:
    """The end of a line that begins so."""
    return b',"seal":"%b"}\n' % blake2b(said, digest_size=8).hexdigest().encode()


_SEAL = len(_seal(b""))


def _sealed(line: bytes) -> bool:
    return line[-_SEAL:] == _seal(line[:-_SEAL])


_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view):]


def files_of(record: Record) -> Iterator[tuple[str, int, int, str]]:
    """Name, size, time and digest of every file that *record* says we made."""
    for case in record.get("cases", ()):
        yield from case["files"]


def _line(line: bytes) -> Record | None:
    """A whole line of a manifest, or None."""
    try:
        found = json.loads(line) if line.endswith(b"\n") else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _sound(record: Record) -> bool:
    """Whether *record* has the shape that we write: a manifest is a file like any other."""
    try:
        return (isinstance(record["unit"], str) and isinstance(record["by"], list)
                and all(list(map(type, file)) == [str, int, int, str] for file in files_of(record)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
