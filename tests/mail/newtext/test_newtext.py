"""The author's words are kept and nothing else: cases in six languages, what is always true, hostile texts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.mail.newtext import TEXT_VERSION
from rcmail.mail.newtext.extract import new_text
from tests.mail.support import Case, cases

CASES = cases()
LIMIT_SECONDS = 15  # of the processor; what is linear takes one, what is quadratic takes minutes
SIZE = 100_000


def joined(lines: list[str]) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_author_wrote_is_kept_and_nothing_else(case: Case) -> None:
    found = new_text(
        joined(case.text), [joined(mail) for mail in case.earlier], [joined(mail) for mail in case.own]
    )
    assert found.split() == joined(case.new).split()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_author_s_own_text_alone_is_kept_whole_and_twice_is_as_once(case: Case) -> None:
    alone = joined(case.new)
    found = new_text(alone)
    assert found.split() == alone.split()
    assert new_text(found) == found


def test_there_are_cases_in_six_languages() -> None:
    assert {case.name[:2] for case in CASES} == {"nl", "de", "en", "fr", "it", "es"}


def test_blank_lines_are_folded_and_indents_are_kept() -> None:
    assert new_text("\n\n  a  \n\n\n\n    b\nc\n\n") == "  a\n\n    b\nc"


def test_a_mail_sent_twice_is_empty_only_where_quotations_say_so() -> None:
    text = "Dag, repareren jullie ook oude radio's met buizen? Hij bromt, en zwijgt na een uur. Groet, Ko"
    assert new_text(text, [text]) == text
    quoted = f"Op 12-03-2024 om 09:14 schreef Ko:\n> {text}"
    assert new_text(quoted, [text]) == ""
    assert text in new_text(quoted)  # nobody else has it


def test_an_unmarked_repetition_of_one_s_own_closing_words_is_no_history() -> None:
    ending = (
        "Wij zijn er weer op zaterdag 16 maart van 13.00 tot 16.00 uur in het buurthuis aan de Lindelaan.\n\n"
        "Hartelijke groet,\nMieke\nRepair Café Het Anker"
    )
    first = f"Beste Wim,\n\nNeem de mixer maar mee.\n\n{ending}"
    second = f"Beste Wim,\n\nNee, een afspraak is niet nodig.\n\n{ending}"
    assert new_text(second, [first, "Moet ik een afspraak maken?"]) == second


def test_only_the_ten_newest_earlier_mails_are_compared() -> None:
    old = "Beste Loes, de molen is klaar en ligt bij de balie, haal hem op wanneer het u schikt."
    text = f"Dank!\n\n{old}"
    others = [f"Een heel andere mail, nummer {number} van velen." for number in range(10)]
    assert new_text(text, [old, *others[1:]]) == "Dank!"
    assert new_text(text, [old, *others]) == text


def test_a_signature_recurs_only_in_two_other_mails() -> None:
    block = "\n\nMus Voetverzorging\nLindelaan 4\nTel. 055-555 01"
    text = f"Is de klok klaar?\n\nGroet,\nGerda{block}"
    assert new_text(text, own=[f"Ja.{block}", f"Nee.{block}"]) == "Is de klok klaar?\n\nGroet,\nGerda"
    assert new_text(text, own=[f"Ja.{block}", "Nee."]) == text
    assert new_text(block, own=[f"Ja.{block}", f"Nee.{block}"]) == block.strip()  # something stays


def test_the_version_is_a_number_that_can_be_stored() -> None:
    assert TEXT_VERSION == 5


# --- what is always true ---

MARKS = [
    *(
        "> ",
        ">> x",
        "-- ",
        "--",
        "____",
        "----------",
        "",
        " ",
        "Groet,",
        "Bericht:",
        "Naam: Jo",
        "E-mail: jo@example.org",
    ),
    "Van: Jo <jo@example.org>",
    "Datum: 12-03-2024 09:14",
    "Onderwerp: lamp",
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "Op 12-03-2024 om 09:14 schreef Jo:",
    "On Tue, Mar 12, 2024 at 9:14 AM Jo <jo@example.org> wrote:",
    "Am 12.03.24 um 09:14 schrieb",
    "Sent from my iPhone",
    "This e-mail is confidential.",
    "de lamp van mijn oma brandt niet meer",
    "could you have a look at it on Saturday",
]
LINE = st.sampled_from(MARKS) | st.text(st.characters(exclude_characters="\n"), max_size=30)
MAIL = st.lists(LINE, max_size=25).map("\n".join)
PROSE = st.lists(st.text("abcdefgh ,", min_size=1, max_size=40), min_size=1, max_size=12).map("\n".join)


def appears_in(found: str, text: str) -> bool:
    """Are the lines of ``found`` parts of the lines of ``text``, in their order?"""
    lines = iter(text.split("\n"))
    line = next(lines)
    for part in (part for part in found.split("\n") if part.strip()):
        while part not in line:
            if (line := next(lines, "\n")) == "\n":
                return False
        line = line.partition(part)[2]
    return True


@given(MAIL, st.lists(MAIL, max_size=3), st.lists(MAIL, max_size=3))
def test_whatever_the_mail_says_its_lines_come_back_in_their_order(
    text: str, earlier: list[str], own: list[str]
) -> None:
    assert appears_in(new_text(text, earlier, own), text)


@given(st.text(max_size=400))
def test_any_text_at_all_is_read(text: str) -> None:
    assert appears_in(new_text(text, [text[::-1]]), text)


@given(PROSE)
def test_prose_is_kept_whole(text: str) -> None:
    assert new_text(text).split() == text.split()


@given(PROSE, PROSE)
def test_prose_above_a_quotation_is_kept_whole(text: str, quoted: str) -> None:
    below = "\n".join(f"> {line}" for line in quoted.split("\n"))
    assert (
        new_text(f"{text}\n\nOn 12/03/2024 09:14, Jo wrote:\n{below}").split() == text.split() or not text.strip()
    )


# --- hostile ---

HOSTILE = {
    "blank lines": "\n" * 50_000,
    "lines of a blank": " \n",
    "the word On": "On " * 6_000,
    "lines that begin with On": "On 1\n",
    "attributions": "On 1 Jan 2024 12:00 Jo wrote:\n",
    "attributions of persons": "On 1 Jan 2024 I wrote:\n\n",
    "addresses that write": "jo@example.org wrote:\n",
    "attributions with quotations": "On 1 Jan 2024 12:00 Jo wrote:\n> x\n",
    "long attributions": f"On 1 Jan 2024 12:00 {'a ' * 150} wrote:\n",
    "levels of quotation": ">",
    "levels with blanks": "> ",
    "quoted lines": ">\n",
    "quoted lines and others in turn": "> a b c d e f\nx\n",
    "dashes": "-",
    "delimiters": "-- \n",
    "delimiters and lines": "--\nx\n",
    "underscores": "_",
    "rules": "____\n\n",
    "stars": "*",
    "labels": "From: jo@example.org\n",
    "labels without values": "Van:\n",
    "addressees": "To: 1\nTo: 2\n",
    "header blocks": "From: jo@example.org\nDate: 12-03-2024 12:00\n> x\n",
    "labels in one line": "**From:** ",
    "separators": "-----Original Message-----\n",
    "half a separator": "----a a message",
    "signs of an address": "a@",
    "brackets": "<",
    "dots": "a.",
    "words": "a b c d ",
    "lines of words": "a b c d\n",
    "closings": "Met vriendelijke groet,\nJo\n",
    "sent from my": "sent from my ",
    "sent from something": "sent from a b c d e f g h\n",
    "disclaimers in a line": "this message is confidential ",
    "disclaimers": "this message is confidential\n\n",
    "words of disclaimers": "recipient sender\n\n",
    "the environment": "think think environment before you ",
    "forms": "contactformulier ",
    "a form's labels": "Naam: jo@example.org\n",
    "digits": "12.03.",
    "one digit": "1",
    "blanks": " ",
    "no-break blanks": "\xa0",
    "half attributions in a line": " Am 1",
    "ends of attributions in a line": "wrote:> ",
    "warnings": "caution external ",
    "one letter": "x",
    "NUL": "\x00",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_in_time_with_and_without_a_hostile_thread(unit: str) -> None:
    text = (unit * (SIZE // len(unit) + 1))[:SIZE]
    begin = time.process_time()
    new_text(text)
    new_text(text, [text] * 12, [text] * 12)
    new_text(text, ["de lamp van mijn oma brandt niet meer " * 2_600] * 12)
    assert time.process_time() - begin < LIMIT_SECONDS
