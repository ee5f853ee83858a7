"""Which messages belong together, and which must never."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.threads import Thread, Threads

START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(eq=False)
class M:
    name: str
    visitor: str = "anna"
    reference_ids: Sequence[str] = ()
    subject_key: str = ""
    day: float = 0
    thread: str | None = None
    others: Sequence[str] = ()
    message_id: str | None = None
    participants: Sequence[str] = field(init=False)
    sent_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.message_id = self.message_id or f"<{self.name}>"
        self.participants = [each for each in (self.visitor, *self.others) if each]
        self.sent_at = START + timedelta(days=self.day)
        self.subject_key = self.subject_key or self.name


def together(*messages: M) -> list[str]:
    threads = Threads[M]([])
    for message in messages:
        threads.put(message)
    return sorted("".join(sorted(each.name for each in thread.messages)) for thread in threads.all)


def test_an_answer_belongs_to_what_it_answers() -> None:
    assert together(M("a"), M("b", reference_ids=["<a>"])) == ["ab"]


def test_the_order_in_which_they_come_makes_no_difference() -> None:
    messages = [
        M("a"),
        M("b", reference_ids=["<a>"]),
        M("c", reference_ids=["<b>"]),
        M("d", reference_ids=["<c>"]),
    ]
    for order in permutations(messages):
        assert together(*order) == ["abcd"]


def test_two_answers_to_a_mail_that_is_nowhere_belong_together() -> None:
    assert together(M("a", reference_ids=["<gone>"]), M("b", reference_ids=["<gone>"])) == ["ab"]


def test_two_visitors_whom_a_site_threads_together_are_two_conversations() -> None:
    first = M("a", reference_ids=["<form>"], thread="7")
    other = M("b", visitor="bert", reference_ids=["<form>"], thread="7")
    answer = M("c", visitor="bert", reference_ids=["<a>", "<b>"], thread="7")
    assert together(first, other, answer) == ["a", "bc"]


def test_people_who_write_to_each_other_are_one_conversation() -> None:
    assert together(M("a", others=["team"]), M("b", visitor="bert", others=["team"], reference_ids=["<a>"])) == [
        "ab"
    ]


def test_the_providers_thread_counts() -> None:
    assert together(M("a", thread="7"), M("b", thread="7"), M("c", thread="8")) == ["ab", "c"]


def test_the_same_visitor_and_subject_within_30_days_is_the_same_conversation() -> None:
    first = M("a", subject_key="toaster")
    assert together(first, M("b", subject_key="toaster", day=30)) == ["ab"]
    assert together(first, M("c", subject_key="toaster", day=30.1)) == ["a", "c"]
    assert together(first, M("d", subject_key="toaster", visitor="bert")) == ["a", "d"]


def test_the_same_subject_and_a_third_person_in_both_is_not_enough() -> None:
    assert together(M("a", subject_key="x", others=["c"]), M("b", "bert", subject_key="x", others=["c"])) == [
        "a",
        "b",
    ]


def test_machines_without_a_visitor_are_not_put_together_by_their_subject() -> None:
    assert together(M("a", "", subject_key="x"), M("b", "", subject_key="x")) == ["a", "b"]


def test_a_message_that_belongs_to_two_makes_them_one_and_the_older_number_stays() -> None:
    old, newer = M("a"), M("b")
    threads = Threads([_known(9, newer), _known(4, old)])
    home = threads.put(M("c", reference_ids=["<a>", "<b>"]))
    assert (home.id, [each.name for each in home.messages]) == (4, ["a", "b", "c"])
    assert [(goes.id, stays.id) for goes, stays in threads.merged] == [(9, 4)]


def _known(number: int, message: M) -> Thread[M]:
    thread = Thread[M](number)
    thread.add(message)
    return thread


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["anna", "bert", ""]), st.lists(st.integers(0, 11), max_size=3), st.integers(0, 90)
        ),
        max_size=12,
    )
)
def test_nobody_is_lost_or_doubled_and_strangers_share_nothing(rows: list[tuple[str, list[int], int]]) -> None:
    messages = [
        M(str(number), visitor, [f"<{each}>" for each in named], "s", day)
        for number, (visitor, named, day) in enumerate(rows)
    ]
    threads = Threads[M]([])
    for message in messages:
        threads.put(message)
    assert sorted(each.name for thread in threads.all for each in thread.messages) == sorted(
        m.name for m in messages
    )
    for thread in threads.all:
        assert len({each.visitor for each in thread.messages} - {""}) <= 1
