"""``python -m bench.writing`` measures what it says, with the real server; its timings themselves are no test."""

from pathlib import Path

import pytest

from bench import writing
from rcmail.llm.base import Usage

BEHIND = "first word of a draft behind the bare server's, median, ms"


def letter(ours: float, bare: float, cached: int = 0) -> writing.First:
    return writing.First(ours, bare, Usage(prompt=900, cached=cached, reading_seconds=2.0))


def test_the_median_of_the_differences_counts_and_what_is_known_is_of_a_letter_before() -> None:
    found = writing.figures([letter(900, 100), letter(150, 100, 200), letter(260, 200, 300)])
    assert found[BEHIND] == 60
    assert found["of them known from the letter before, median"] == 250
    assert found["tokens of a question, median"] == 900


@pytest.mark.parametrize(("behind", "is_met"), [(100.0, True), (100.1, False)])
def test_the_bound_is_of_the_median(behind: float, is_met: bool) -> None:
    assert writing.is_met(writing.figures([letter(100 + behind, 100)])) is is_met


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b": a comment\n", ""),
        (b"data: [DONE]\n", ""),
        (b'data: {"choices": []}\n', ""),
        (b'data: {"choices": [{"delta": {"role": "assistant", "content": null}}]}\n', ""),
        (b'data: {"choices": [{"delta": {"content": "Dear"}}]}\n', "Dear"),
    ],
)
def test_the_first_word_is_the_first_text(line: bytes, word: str) -> None:
    assert writing.word(line) == word


@pytest.mark.llm
@pytest.mark.timeout(600)
def test_a_small_run_measures_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "figures.md"
    document.write_text(f"before\n{writing.BEGIN}old\n{writing.END}after\n")
    code = writing.main(["--asks", "2", "--weighed", "1", "--update", str(document)])
    printed = capsys.readouterr()
    assert code in (0, 1), printed.err  # 1: a busy machine
    for each in ("service", "worker", "child that drafts"):
        assert f"memory of the {each}, while a model writes, MB" in printed.out
    assert f"| {BEHIND} | ≤ 100 |" in printed.out
    assert printed.out.strip() in document.read_text()
