"""The Gmail of the tests is one: what the others rely on, asked with nothing of rcmail's."""

import base64
import hashlib
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest

from tests.gmail import faults
from tests.gmail.emulate import OTHER, Mail, decoded
from tests.gmail.google import API, Google
from tests.gmail.grants import CLIENT_ID, CLIENT_SECRET, COMPOSE, READ
from tests.gmail.loading import example
from tests.gmail.quota import Quota
from tests.mail.letters import letter

VERIFIER = "v" * 43
SECONDS = 30
Answer = tuple[int, Any]


def ask(
    url: str, form: dict[str, str] | None = None, token: str = "", method: str = "", body: Any = None
) -> Answer:
    data = urllib.parse.urlencode(form).encode() if form else json.dumps(body).encode() if body else None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {}
    request = urllib.request.Request(url, data, headers, method=method or None)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def consent(google: Google, **changes: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    asked = {"client_id": CLIENT_ID, "response_type": "code", "redirect_uri": "http://127.0.0.1:9/", "state": "s",
             "scope": f"{READ} {COMPOSE}", "access_type": "offline", "prompt": "consent",
             "code_challenge": challenge, "code_challenge_method": "S256"}  # fmt: skip
    return f"{google.places.consent}?{urllib.parse.urlencode(asked | changes)}"


def exchange(google: Google, back: str, verifier: str = VERIFIER) -> Answer:
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))
    form = {"grant_type": "authorization_code", "code": query["code"], "code_verifier": verifier}
    return ask(google.places.token, form | {"redirect_uri": "http://127.0.0.1:9/"} | client())


def client() -> dict[str, str]:
    return {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


def access(google: Google, *scopes: str) -> str:
    form = {"grant_type": "refresh_token", "refresh_token": google.refresh_token(*scopes), **client()}
    return str(ask(google.places.token, form)[1]["access_token"])


def get(google: Google, token: str, path: str, **query: str) -> Answer:
    return ask(f"{google.url}{API}{path}?{urllib.parse.urlencode(query)}", token=token)


def ids(answer: Answer) -> list[str]:
    return [each["id"] for each in answer[1].get("messages", [])]


def test_a_volunteer_agrees_and_the_code_is_worth_a_token_once_and_with_its_verifier_only(google: Google) -> None:
    back = google.agree(consent(google))
    assert exchange(google, google.agree(consent(google)), "w" * 43)[1]["error"] == "invalid_grant"
    status, given = exchange(google, back)
    assert (status, set(given["scope"].split())) == (200, {READ, COMPOSE})
    assert get(google, given["access_token"], "/profile")[1]["emailAddress"] == google.emulate.group
    assert exchange(google, back)[0] == 400


def test_a_scope_that_she_unticks_is_missing_in_the_answer_and_refused_afterwards(google: Google) -> None:
    status, given = exchange(google, google.agree(consent(google), unticked=COMPOSE))
    assert (status, given["scope"]) == (200, READ)
    draft = {"message": {"raw": base64.urlsafe_b64encode(letter()).decode()}}
    refused = ask(f"{google.url}{API}/drafts", token=given["access_token"], body=draft)
    assert (refused[0], refused[1]["error"]["errors"][0]["reason"]) == (403, "insufficientPermissions")


def test_another_account_sees_another_mailbox(google: Google) -> None:
    google.seed([letter()])
    _, given = exchange(google, google.agree(consent(google), OTHER))
    assert get(google, given["access_token"], "/profile")[1]["emailAddress"] == OTHER
    assert not ids(get(google, given["access_token"], "/messages"))


def test_tokens_expire_are_revoked_and_unknown_ones_open_nothing(google: Google) -> None:
    refresh = {"grant_type": "refresh_token", "refresh_token": google.refresh_token(), **client()}
    token = ask(google.places.token, refresh)[1]["access_token"]
    assert get(google, token, "/profile")[0] == 200
    assert get(google, "unknown", "/profile")[0] == 401
    google.grants.expire()
    assert get(google, token, "/profile")[0] == 401
    assert ask(google.places.token, refresh)[0] == 200
    assert ask(google.places.revoke, {"token": refresh["refresh_token"]})[0] == 200
    assert ask(google.places.token, refresh) == (
        400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
    )  # fmt: skip
    assert ask(google.places.revoke, {"token": refresh["refresh_token"]})[0] == 400
    assert ask(google.places.token, {**refresh, "client_secret": "another"})[1]["error"] == "invalid_client"


def test_mails_keep_their_bytes_and_are_found_as_google_finds_them(google: Google) -> None:
    token, big = access(google), letter(text="a" * 3_000_000, Message_ID="<big@example.com>")
    small, draft, chat = google.seed([letter(), Mail(letter(), ["DRAFT"]), Mail(letter(), ["CHAT"])])
    [large] = google.seed([Mail(big)])
    assert decoded(get(google, token, f"/messages/{large}", format="raw")[1]["raw"]) == big
    assert set(ids(get(google, token, "/messages", q="-in:draft -in:chats"))) == {small, large}
    assert ids(get(google, token, "/messages", q="larger:2M")) == [large]
    assert ids(get(google, token, "/messages", q="rfc822msgid:big@example.com")) == [large]
    assert set(ids(get(google, token, "/messages", q="in:draft"))) == {draft}
    assert chat
    assert get(google, token, "/messages", q="after:2999/01/01")[1] == {"resultSizeEstimate": 0}
    assert get(google, token, "/messages", q="newer_than:2d")[0] == 501


def test_the_whole_payload_keeps_charsets_and_leaves_the_bytes_of_attachments_out(google: Google) -> None:
    raw = (
        b'From: a@example.com\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\ncaf\xe9 \x80\r\n"
        b"--b\r\nContent-Type: image/png; name=a.png\r\n\r\nPNG\r\n--b--\r\n"
    )
    [key] = google.seed([raw])
    payload = get(google, access(google), f"/messages/{key}", format="full")[1]["payload"]
    text, image = payload["parts"]
    assert decoded(text["body"]["data"]).strip() == b"caf\xe9 \x80"
    assert (image["filename"], "data" in image["body"], image["body"]["size"]) == ("a.png", False, 3)


def test_the_head_of_a_mail_comes_with_the_wanted_fields(google: Google) -> None:
    [key] = google.seed([letter(X_Rcmail_Draft="abc")])
    wanted = [("format", "metadata"), ("metadataHeaders", "X-Rcmail-Draft"), ("metadataHeaders", "Subject")]
    url = f"{google.url}{API}/messages/{key}?{urllib.parse.urlencode(wanted)}"
    found = ask(url, token=access(google))[1]["payload"]
    assert {each["name"]: each["value"] for each in found["headers"]} == {
        "X-Rcmail-Draft": "abc", "Subject": "broodrooster",
    }  # fmt: skip
    assert "parts" not in found


def test_of_an_answer_only_the_wanted_fields_come(google: Google) -> None:
    google.seed([letter()])
    token = access(google)
    found = get(google, token, "/messages", fields="nextPageToken,messages(id)")[1]
    assert [list(each) for each in found["messages"]] == [["id"]]
    [key] = ids((200, found))
    payload = get(google, token, f"/messages/{key}", fields="id,payload/headers(name)")[1]["payload"]
    assert {"name": "Subject"} in payload["headers"]
    assert get(google, token, "/messages", fields="messages(id")[0] == 400


def test_history_tells_what_came_and_is_forgotten(google: Google) -> None:
    token = access(google)
    before = get(google, token, "/profile")[1]["historyId"]
    [key] = google.seed([letter()])
    status, found = get(google, token, "/history", startHistoryId=before, historyTypes="messageAdded")
    assert status == 200
    assert int(before) < int(found["history"][0]["id"]) <= int(found["historyId"]) < 2**64
    assert [each["message"]["id"] for each in found["history"][0]["messagesAdded"]] == [key]
    google.expire_history()
    assert get(google, token, "/history", startHistoryId=before)[0] == 404
    now = get(google, token, "/profile")[1]["historyId"]
    assert get(google, token, "/history", startHistoryId=now) == (200, {"historyId": now})


def test_a_draft_that_is_replaced_has_another_message_id(google: Google) -> None:
    google.seed([Mail(letter(), thread="thread")])
    token = access(google)
    body = {"message": {"raw": encoded_letter(), "threadId": "thread"}}
    made = ask(f"{google.url}{API}/drafts", token=token, body=body)[1]
    again = ask(f"{google.url}{API}/drafts/{made['id']}", token=token, body=body, method="PUT")[1]
    assert (again["id"], again["message"]["threadId"]) == (made["id"], "thread")
    assert again["message"]["id"] != made["message"]["id"]
    assert get(google, token, f"/messages/{made['message']['id']}")[0] == 404
    assert get(google, token, f"/messages/{again['message']['id']}")[0] == 200
    assert get(google, token, f"/drafts/{made['id']}")[1]["message"]["id"] == again["message"]["id"]
    assert len(google.emulate.drafts()) == 1


def test_a_thread_that_is_gone_takes_no_draft(google: Google) -> None:
    body = {"message": {"raw": encoded_letter(), "threadId": "gone"}}
    assert ask(f"{google.url}{API}/drafts", token=access(google), body=body)[0] == 404
    assert not google.emulate.drafts()


def test_a_draft_is_found_by_its_message_id(google: Google) -> None:
    token = access(google)
    for name in "ab":
        raw = base64.urlsafe_b64encode(letter(Message_ID=f"<{name}@example.com>")).decode()
        ask(f"{google.url}{API}/drafts", token=token, body={"message": {"raw": raw}})
    [found] = get(google, token, "/drafts", q="rfc822msgid:<b@example.com>")[1]["drafts"]
    assert b"<b@example.com>" in decoded(
        get(google, token, f"/drafts/{found['id']}", format="raw")[1]["message"]["raw"]
    )
    assert "drafts" not in get(google, token, "/drafts", q="rfc822msgid:c@example.com")[1]


def test_what_a_volunteer_sends_by_hand_is_not_counted_as_ours(google: Google) -> None:
    token = access(google)
    made = ask(f"{google.url}{API}/drafts", token=token, body={"message": {"raw": encoded_letter()}})[1]
    sent = google.emulate.send_by_hand(made["id"])
    assert get(google, token, f"/messages/{sent}")[1]["labelIds"] == ["SENT"]
    assert get(google, token, f"/drafts/{made['id']}")[0] == 404
    assert google.emulate.sent() == 0


def encoded_letter() -> str:
    return base64.urlsafe_b64encode(letter()).decode()


@pytest.mark.parametrize("path", ["/messages/send", "/drafts/send", "/messages/../drafts/send", "/drafts/%73end"])
def test_sending_is_refused_written_down_and_fails_the_suite(path: str, google: Google) -> None:
    answer = ask(f"{google.url}{API}{path}", token=access(google), body={"raw": encoded_letter()})
    assert answer[0] == 403
    assert len(google.sends) == 1
    assert google.emulate.sent() == 0
    google.sends.clear()  # this once


def test_a_mail_that_was_sent_is_counted(google: Google) -> None:
    google.emulate.ask("POST", "/messages/send", {"raw": encoded_letter()})
    assert google.emulate.sent() == 1
    [sent] = google.emulate.ids("in:sent")
    google.emulate.ask("DELETE", f"/messages/{sent}")


def test_over_its_quota_it_refuses_until_the_minute_is_over(google: Google) -> None:
    token = access(google)
    google.quota = Quota(10, lapse=6)
    assert [get(google, token, "/messages")[0] for _ in range(3)] == [200, 200, 403]
    time.sleep(10.05)
    assert get(google, token, "/messages")[0] == 200
    assert google.quota.granted == 15


def test_faults_come_as_planned_and_go(google: Google) -> None:
    token = access(google)
    google.plan(faults.RATE, skip=1)
    google.plan(faults.busy_for(7), times=None)
    assert get(google, token, "/profile")[0] == 429
    google.heal()
    google.plan(faults.cut)
    with pytest.raises(ValueError):
        get(google, token, "/profile")
    for fault in (faults.dropped, faults.broken_off):
        google.plan(fault)
        with pytest.raises((OSError, ValueError, Exception)):
            get(google, token, "/profile")
    google.refuse()
    with pytest.raises(OSError):
        get(google, token, "/profile")
    google.listen()
    assert get(google, token, "/profile")[0] == 200


def test_what_is_lost_is_done_all_the_same(google: Google) -> None:
    token = access(google)
    google.plan(faults.lost, f"POST {API}/drafts")
    with pytest.raises(OSError):
        ask(f"{google.url}{API}/drafts", token=token, body={"message": {"raw": encoded_letter()}})
    assert len(google.emulate.drafts()) == 1


def test_a_request_can_be_held_before_and_after_it_is_done(google: Google) -> None:
    token = access(google)
    for after, there in ((False, 0), (True, 2)):
        held = google.hold(f"POST {API}/drafts", after=after)
        body = {"message": {"raw": encoded_letter()}}
        asking = threading.Thread(
            target=ask, args=(f"{google.url}{API}/drafts",), kwargs={"token": token, "body": body}
        )
        asking.start()
        held.wait()
        assert len(google.emulate.drafts()) == there
        held.release()
        asking.join()
    assert google.count(f"POST {API}/drafts") == 2


def test_the_example_mailbox_is_there_in_threads_with_what_was_sent(example_google: Google) -> None:
    mails, emulate = example(), example_google.emulate
    assert len(mails) == len(emulate.ids()) == 348
    assert len(emulate.ids("in:sent")) == 127
    assert emulate.sent() == 0
    assert 115 < len({mail.thread for mail in mails}) < 200
