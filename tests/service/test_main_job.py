"""The main job on real input, as `bench/main_job.py` does it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_real_questions_are_answered_from_the_abstract_they_were_written_from(
    dev_data: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "main_job.py"), "--home", str(tmp_path / "home")],
        env={**os.environ, "OSLER_DEV_DATA": str(dev_data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gold abstract cited" in done.stdout
