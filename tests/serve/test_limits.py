"""What the service refuses, and in which words; what it lets nobody do."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

Start = Callable[..., httpx.Client]
TEXT = "قال رسول الله ﷺ: «إنما الأعمال بالنيات» رواه البخاري."


def error_of(answer: httpx.Response, status: int) -> dict[str, str]:
    assert answer.status_code == status, answer.text
    error: dict[str, str] = answer.json()["error"]
    assert set(error) == {"kind", "where", "message", "advice"}
    assert error["message"] and error["advice"]
    return error


@pytest.mark.parametrize(
    ("path", "body", "status", "where"),
    [
        ("/api/check", {}, 422, "body"),
        ("/api/check", {"text": " "}, 422, "text"),
        ("/api/check", {"text": "a", "txt": 1}, 422, "txt"),
        ("/api/check", {"text": TEXT, "sources": ["bukari"]}, 400, "text"),
        ("/api/check?format=png", {"text": TEXT}, 422, "query.format"),
        ("/api/lookup", {"ref": "bukhari:99999"}, 404, "ref"),
        ("/api/lookup", {"ref": "bukhari"}, 422, "ref"),
        ("/api/weigh", {"map": {"format": "x"}}, 422, "text"),
        ("/api/nothing", {}, 404, None),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_shape(
    client: httpx.Client, path: str, body: object, status: int, where: str | None
) -> None:
    assert error_of(client.post(path, json=body), status)["where"] == where


def test_a_body_of_another_type_is_refused(client: httpx.Client) -> None:
    error_of(client.post("/api/check", content=TEXT.encode(), headers={"content-type": "text/plain"}), 415)
    error_of(client.post("/api/check", content=b"{", headers={"content-type": "application/json"}), 422)
    error_of(client.post("/api/check", data={"text": TEXT}, files={"file": b"a"}), 422)
    error_of(client.get("/api/check"), 405)


def test_a_large_request_is_refused_whether_or_not_it_says_its_size(client: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 2**16 for _ in range(20))

    json = {"content-type": "application/json"}
    error_of(client.post("/api/check", content=b"x" * (2**20 + 1), headers=json), 413)
    error_of(client.post("/api/check", content=pieces(), headers=json), 413)


def test_work_that_takes_too_long_is_ended_and_the_next_is_done(start: Start) -> None:
    slow = start("--seconds", "0.3")
    error_of(slow.post("/api/check", json={"text": (TEXT + "\n\n") * 4000}), 408)
    assert slow.post("/api/check", json={"text": TEXT}).status_code == 200


def test_a_request_that_does_not_arrive_is_ended(start: Start) -> None:
    url = start("--seconds", "0.5").base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        head = f"POST /api/check HTTP/1.1\r\nHost: {url.host}\r\nContent-Type: application/json\r\n"
        line.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 408 ")


def test_more_requests_than_may_wait_are_asked_to_come_again(start: Start) -> None:
    client = start("--waiting", "1")
    body = {"text": (TEXT + "\n\n") * 300}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: client.post("/api/check", json=body), range(6)))
    refused = [answer for answer in answers if answer.status_code != 200]
    assert 1 <= len(refused) < 6
    for answer in refused:
        error_of(answer, 429)
        assert answer.headers["retry-after"] == "1"


def test_another_name_of_the_host_is_refused(client: httpx.Client, start: Start) -> None:
    error_of(client.get("/api/sources", headers={"host": "attacker.example"}), 421)
    error_of(client.get("/api/sources", headers={"host": "localhost.attacker.example"}), 421)
    named = start("--allow-host", "check.example")
    assert named.get("/api/sources", headers={"host": "check.example"}).status_code == 200


def test_a_page_of_another_origin_is_refused(client: httpx.Client) -> None:
    body = {"text": TEXT}
    foreign = client.post("/api/check", json=body, headers={"origin": "https://attacker.example"})
    error_of(foreign, 403)
    assert "access-control-allow-origin" not in foreign.headers
    own = f"http://{client.base_url.netloc.decode()}"
    assert client.post("/api/check", json=body, headers={"origin": own}).status_code == 200


def test_every_answer_has_a_policy_that_lets_nothing_in(client: httpx.Client) -> None:
    for answer in (client.get("/api/sources"), client.get("/nothing"), client.get("/static/../app.py")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_file_outside_the_page_is_given(client: httpx.Client) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404


def test_no_file_of_the_server_is_read_by_its_name(client: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    for format in ("patch", "docx", "tei"):
        body = {"text": "شيء آخر", "name": str(path)}
        answer = client.post(f"/api/check?format={format}", json=body)
        assert TEXT.encode() not in answer.content
