"""The soak of ``make soak``, short: that it runs, and finds nothing."""

from pathlib import Path

import pytest

from bench.soak import soak


@pytest.mark.timeout(200)
def test_under_mixed_use_with_faults_nothing_grows_and_nothing_fails_without_a_fault(folder: Path) -> None:
    result = soak(folder, 20, 2)
    assert not result["wrong"], result
    assert result["saves"] > 10
    assert result["answers"]["200"] > 100
    assert result["faults of the database"] == 8
