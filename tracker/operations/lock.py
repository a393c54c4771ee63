"""One Spoor per data folder."""

import fcntl
import os
from pathlib import Path
from typing import Self


class FolderInUse(Exception):
    """Another process holds the folder; the message names it."""


class FolderLock:
    """Holds a data folder for as long as this process lives, however it ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "serve.lock"

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise FolderInUse(
                f"Spoor already runs on the data folder {self.folder}, as process {holder}. "
                "Stop that one first, or choose another folder with SPOOR_DATA_DIR."
            ) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()
        return self

    def __exit__(self, *error: object) -> None:
        # The file stays: removing it would let two starts lock two files of the same name.
        self._file.truncate(0)
        self._file.close()
