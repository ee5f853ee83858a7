"""Which of the mails that were marked, or answered, one is like."""

import time
from random import Random

from rcmail.mail.kinds.cold import Verdict
from rcmail.mail.kinds.likeness import Known, Likeness

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


def test_what_was_only_answered_counts_less_than_what_was_marked() -> None:
    one = Known("kroonluchter armen trap glas", "visitor", is_marked=False)
    assert Likeness([one]).verdict(one.text) == Verdict("visitor", "it is like a mail that you answered")
    assert Likeness([one, Known(one.text, "other", is_marked=True)]).verdict(one.text) is None
    far = "kroonluchter met heel veel andere woorden die daar niets mee hebben te maken"
    assert Likeness([one]).verdict(far) is None


def test_two_thousand_known_ones_are_compared_with_five_thousand_in_seconds() -> None:
    random = Random(7)
    words = ["".join(random.choices("abcdefghij", k=6)) for _ in range(3_000)]
    texts = [" ".join(random.choices(words, k=40)) for _ in range(2_000)]
    started = time.process_time()
    likeness = Likeness([Known(text, "visitor", is_marked=True) for text in texts])
    for text in texts[:1_000]:
        likeness.verdict(text)
    assert time.process_time() - started < 5
