"""A full disk: the batch is refused as a whole, the library stays sound, adding goes on afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.library.made import add, make_record, open_library

from osler.errors import LibraryError

pytestmark = pytest.mark.sqlite("the disk of a server is its own")
BALLAST = 6 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 10 MiB, most of it taken by a file named ``ballast``."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root, to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_refuses_the_batch_and_adding_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    records = [make_record(n, f"Text {n} of testamab. " * 40) for n in range(6000)]
    with open_library(tmp_path / "elsewhere") as other:
        add(other, records[:5000])
        expected = other.snapshot()
    (small_disk / "ballast").write_bytes(b"\0" * BALLAST)
    with open_library(small_disk / "home") as store:
        with pytest.raises(LibraryError) as caught:
            add(store, records[:5000])
        assert caught.value.code == "library.full"
        kept = store.count_sources()
        assert kept % 1000 == 0
        assert len(list(store.iter_index_rows())) == kept
    with open_library(small_disk / "home", create=False) as store:
        assert store.count_sources() == kept
        (small_disk / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        report = add(store, records[:5000])
        assert (report.added, report.unchanged) == (5000 - kept, kept)
        assert store.snapshot() == expected


def test_a_disk_that_is_full_from_the_start_is_named(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"\0" * (10 << 20))
    with pytest.raises(LibraryError) as caught, open_library(small_disk / "home"):
        pass
    assert caught.value.code == "library.full"
