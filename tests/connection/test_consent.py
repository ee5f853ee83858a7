"""The way to Google's page and back: once, for ten minutes, and whatever is pasted."""

import base64
import hashlib
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail.connection.consent import Consents
from rcmail.db.pool import Database
from rcmail.errors import ConsentFailed, InvalidSettings
from rcmail.log.redaction import Secret

KEY = Secret("k" * 40)
AT = "http://127.0.0.1:29417/"


@pytest.fixture
def consents(database: Database) -> Consents:
    return Consents(database, KEY)


def address(**told: str) -> str:
    return f"{AT}?{urlencode(told)}"


async def test_what_was_begun_is_redeemed_with_its_own_verifier(consents: Consents) -> None:
    state, verifier = await consents.begin()
    answer = await consents.redeem(f"  {address(state=state, code='4/0abc', scope='a b')}\n")
    assert answer.code.reveal() == "4/0abc"
    assert answer.verifier.reveal() == verifier.reveal()
    assert 43 <= len(verifier.reveal()) <= 128


async def test_each_has_a_state_and_a_verifier_of_its_own(consents: Consents, database: Database) -> None:
    first, second = await consents.begin(), await consents.begin()
    assert first[0] != second[0]
    assert first[1].reveal() != second[1].reveal()
    other = Consents(database, Secret("o" * 40))
    theirs = await other.redeem(address(state=first[0], code="c"))
    assert theirs.verifier.reveal() != first[1].reveal(), "it takes the key, not only the state"


async def test_a_state_counts_once(consents: Consents) -> None:
    state, _ = await consents.begin()
    await consents.redeem(address(state=state, code="c"))
    with pytest.raises(ConsentFailed, match="used already, or is older than 10 minutes"):
        await consents.redeem(address(state=state, code="c"))


async def test_a_state_counts_for_ten_minutes_by_the_clock_of_postgresql(
    consents: Consents, database: Database
) -> None:
    for age, is_good in (("9 minutes 59 seconds", True), ("10 minutes 1 second", False)):
        state, _ = await consents.begin()
        await database.execute(f"UPDATE consents SET made_at = now() - interval '{age}'")
        if is_good:
            await consents.redeem(address(state=state, code="c"))
        else:
            with pytest.raises(ConsentFailed, match="older than"):
                await consents.redeem(address(state=state, code="c"))


async def test_what_nobody_came_back_from_is_cleared_away(consents: Consents, database: Database) -> None:
    await consents.begin()
    await database.execute("UPDATE consents SET made_at = now() - interval '11 minutes'")
    await consents.begin()
    [row] = await database.fetch("SELECT count(*) AS all FROM consents")
    assert row.all == 1


async def test_neither_state_nor_verifier_is_in_the_table(consents: Consents, database: Database) -> None:
    state, verifier = await consents.begin()
    [row] = await database.fetch("SELECT consents::text AS text, state_sha256 FROM consents")
    assert bytes(row.state_sha256) == hashlib.sha256(state.encode()).digest()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.reveal().encode()).digest()).decode()
    for secret in (state, verifier.reveal(), challenge.rstrip("=")):
        assert secret not in row.text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"error": "access_denied"}, "the access was refused"),
        ({"error": "admin_policy_enforced"}, "refuses it with “admin_policy_enforced”"),
        ({"error": "<script>"}, "the access was refused"),
    ],
)
async def test_what_google_refuses_is_told(consents: Consents, told: dict[str, str], sentence: str) -> None:
    state, _ = await consents.begin()
    with pytest.raises(ConsentFailed, match=sentence):
        await consents.redeem(address(state=state, **told))


@pytest.mark.parametrize("text", ["", " ", AT, "4/0abc", f"{AT}?code=4/0abc", "https://google.com/", "?" * 9_000])
async def test_what_is_no_such_address_uses_nothing_up(consents: Consents, text: str) -> None:
    state, _ = await consents.begin()
    with pytest.raises(InvalidSettings) as caught:
        await consents.redeem(text)
    assert "is not the whole one" in caught.value.problems["address"]
    assert (await consents.redeem(address(state=state, code="c"))).code.reveal() == "c"


async def test_an_address_without_a_code_or_a_refusal_is_not_the_whole_one(consents: Consents) -> None:
    state, _ = await consents.begin()
    with pytest.raises(InvalidSettings):
        await consents.redeem(address(state=state))


async def test_an_address_without_its_beginning_does(consents: Consents) -> None:
    state, _ = await consents.begin()
    pasted = address(state=state, code="4/0abc").removeprefix("http://") + "#"
    assert (await consents.redeem(pasted)).code.reveal() == "4/0abc"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text() | st.text().map(lambda text: f"{AT}?state={text}&code=1"))
async def test_nothing_that_is_pasted_connects_but_what_was_begun(consents: Consents, text: str) -> None:
    with pytest.raises((ConsentFailed, InvalidSettings)):
        await consents.redeem(text)
