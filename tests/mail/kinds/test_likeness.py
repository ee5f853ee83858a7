"""Which of the mails that were marked, or answered, one is like."""

import time
from random import Random

from rcmail.mail.kinds.likeness import Known, Likeness
from rcmail.mail.kinds.verdict import Verdict

CHOIR = (
    "Ons koor zingt zondag in de kerk",
    "Het koor zoekt tenoren voor de kerk",
    "Repetitie van het koor in de kerk",
)
LAMPS = ("De kroonluchter boven onze trap", "Een kroonluchter uit Bohemen", "Kroonluchter met zes armen")


def known(marked: bool = True) -> list[Known]:
    return [Known(each, "other", marked) for each in CHOIR] + [Known(each, "visitor", marked) for each in LAMPS]


def test_a_mail_is_what_the_marked_ones_are_that_it_is_like() -> None:
    likeness = Likeness(known())
    assert likeness.verdict("Kom luisteren naar het koor, zondag in de kerk") == Verdict(
        "other", "it is like 3 mails that you marked as no visitors'"
    )
    assert likeness.verdict("Zo'n kroonluchter van Boheems glas") == Verdict(
        "visitor", "it is like 3 mails that you marked as visitors'"
    )


def test_where_nothing_is_like_it_nothing_is_said() -> None:
    assert Likeness(known()).verdict("Heel andere woorden staan hier") is None
    assert Likeness([]).verdict("Kroonluchter") is None
    assert Likeness(known()).verdict("") is None


def test_where_marks_do_not_agree_nothing_is_said() -> None:
    both = [Known("kroonluchter en koor", kind, True) for kind in ("visitor", "other")]
    assert Likeness([*both, Known("iets anders", "other", True)]).verdict("kroonluchter en koor") is None


def test_what_was_only_answered_supports_a_mark_and_says_nothing_by_itself() -> None:
    one = Known("kroonluchter armen trap glas", "visitor", is_marked=False)
    marked = Known(one.text, "visitor", is_marked=True)
    assert Likeness([one] * 3).verdict(one.text) is None
    assert Likeness([marked]).verdict(one.text) is None
    assert Likeness([marked, one, one]).verdict(one.text) == Verdict(
        "visitor", "it is like a mail that you marked as a visitor's"
    )
    assert Likeness([one, one, Known(one.text, "other", is_marked=True)]).verdict(one.text) is None


def test_what_closes_a_conversation_takes_three_and_no_other_voice() -> None:
    other, visitor = (Known("beiaard carillon klokkenspel", kind, is_marked=True) for kind in ("other", "visitor"))
    assert Likeness([other] * 2).verdict(other.text) is None
    assert Likeness([other] * 3).verdict(other.text) == Verdict(
        "other", "it is like 3 mails that you marked as no visitors'"
    )
    assert Likeness([other] * 6 + [visitor]).verdict(other.text) is None


def test_two_thousand_known_ones_are_compared_with_five_thousand_in_seconds() -> None:
    random = Random(7)
    words = ["".join(random.choices("abcdefghij", k=6)) for _ in range(3_000)]
    texts = [" ".join(random.choices(words, k=40)) for _ in range(2_000)]
    started = time.process_time()
    likeness = Likeness([Known(text, "visitor", is_marked=True) for text in texts])
    for text in texts[:1_000]:
        likeness.verdict(text)
    assert time.process_time() - started < 5
