"""The soak of ``make soak``, short: that it runs, and finds nothing."""

import pytest

from bench.soak import soak


@pytest.mark.timeout(200)
def test_under_mixed_use_with_faults_nothing_grows_and_nothing_fails_without_a_fault() -> None:
    result = soak(20, 2)
    assert not result["wrong"], result
    assert result["answers"]["GET 200"] > 50
    assert result["answers"]["POST 303"] > 10
    assert result["faults of the database"] == 6
