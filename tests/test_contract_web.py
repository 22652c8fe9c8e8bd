"""What every kind of web source promises, tried by name on a service as it was recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import schema
from data.store import Store
from ingest.runner import Run, Runner
from tests.conftest import fresh
from tests.ingest_cast import facts, ingest, read_all, reasons, rows, source_row, versions
from tests.replay import Answers, Asked, Said
from tests.rules import stamps
from tests.service_cast import wrong
from tests.spoil import JUNK, assert_sound, spoil
from tests.web_cases import CASES, asking

KINDS = sorted(CASES)
NUMBER = re.compile(r"(?<![\w-])(?:\+31|0031|0)[1-9]\d{8}(?![\w-])")
"""On its own, for the end of a uuid may look like one."""
ADDRESS = re.compile(r"\b(?!a+@a+\.a+\b)[\w.+-]+@[\w-]+\.\w+")
"""A reason shows only how a value is written, each letter as an a: that is none."""
PERSONAL = st.sampled_from(["bel 0612345678", "+31612345678", "jan@voorbeeld.example"])
IDENTITIES = {"key", "place"}
"""Columns that hold what a system itself calls a row."""
Whole = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def whole(kind: str, shared_store: Store) -> Whole:
    """All that a healthy run makes of the recording."""
    elsewhere = fresh(shared_store)
    with asking(kind) as source:
        assert ingest(elsewhere, source, CASES[kind].now).error == ""
    found = facts(elsewhere)
    assert len(found["ticket"]) > 10
    return found


def assert_private(kind: str, store: Store, *more: str) -> None:
    """Nothing that was kept or said looks like a number or an address, or is the secret."""
    kept = [*rows(store, schema.ticket), *rows(store, schema.rejected), *rows(store, schema.source)]
    told = [str(value) for row in kept for name, value in row.items() if name not in IDENTITIES]
    for text in (*told, *more):
        assert NUMBER.findall(text) == []
        assert ADDRESS.findall(text) == []
        assert CASES[kind].secret not in text


def test_twice_equals_once(kind: str, store: Store, whole: Whole) -> None:
    with asking(kind) as source:
        ingest(store, source, CASES[kind].now)
        once = versions(store)
        again = ingest(store, source, CASES[kind].now)
        anew = ingest(store, source, CASES[kind].now, since=0)
    assert [(run.error, run.written) for run in (again, anew)] == [("", 0)] * 2
    assert (facts(store), versions(store)) == (whole, once)


class Killed(BaseException):
    """What a process cannot catch that is killed."""


def kill(_run: Run) -> None:
    raise Killed


def test_who_is_killed_after_every_page_gets_everything_in_the_end(
    kind: str, store: Store, whole: Whole
) -> None:
    now, kills = CASES[kind].now, 0
    with asking(kind) as source:
        while not is_read(store):
            with suppress(Killed):
                Runner(store, stamps(store), lambda: now, kill).run(source)
            kills += 1
            assert kills < 500
        assert ingest(store, source, now).error == ""
    assert kills > 1
    assert facts(store) == whole


def is_read(store: Store) -> bool:
    """Tell whether a run got to the end."""
    found = rows(store, schema.source)
    return bool(found) and found[0]["checked_at"] is not None


def test_nothing_personal_and_no_secret_gets_out(
    kind: str, store: Store, whole: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with asking(kind) as source:
        ingest(store, source, CASES[kind].now)
        batches = read_all(source, now=CASES[kind].now)
        assert_private(kind, store, repr(source), repr(batches), caplog.text)
    assert facts(store) == whole


# ── what nobody promised ───────────────────────────────────────────────────────────────────

DEEP = b"[" * 200_000
ODD = {
    "a web page": Said(b"<html>aanmelden</html>", headers={"Content-Type": "text/html"}),
    "a spreadsheet": Said(b"PK\x03\x04\x00\xff", headers={"Content-Type": "application/zip"}),
    "half of an object": Said(b'{"count": 3, "results": [{"id"'),
    "half of a sign": Said(b'{"results": ["\xc3"]}'),
    "half of a pair": Said(b'{"count": 1, "next": null, "results": [{"id": "\\ud800"}]}'),
    "no end of lists": Said(DEEP),
    "nothing": Said(b""),
    "null": Said(b"null"),
    "a number": Said(b"3"),
    "a text": Said(b'"bel 0612345678"'),
    "an object": Said({"bericht": "jan@voorbeeld.example"}),
    "a list": Said([None, 1, "x", []]),
    "a page of nothing": Said({"count": 2, "next": "https://elders.example/", "results": [None]}),
    "too much": Said(b'"' + b"x" * 5000 + b'"'),
    "a way to elsewhere": Said({}, 302, {"Location": "https://elders.example/"}),
    "what we may not see": Said({"detail": "bel 0612345678"}, 403),
    "a fault": Said({"detail": "jan@voorbeeld.example"}, 500),
    "a cut": Said({"results": [1, 2, 3]}, cut=True),
}


@pytest.mark.parametrize(("odd", "after"), [("a web page", 0), *((odd, 1) for odd in ODD)])
def test_an_odd_answer_is_told_and_costs_nothing_that_was_read(
    kind: str, store: Store, whole: Whole, odd: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small, asking(kind, wrong(ODD[odd], after)(service(kind))) as it:
        if odd == "too much":
            small.setattr("ingest.web.LARGEST_ANSWER", 4000)
        run = ingest(store, it, CASES[kind].now)
    assert_accounted(store, run)
    assert_private(kind, store, run.error)
    assert "http" not in run.error
    assert source_row(store)["error"] == run.error
    if run.error:
        with asking(kind) as source:
            assert ingest(store, source, CASES[kind].now).error == ""
        assert facts(store) == whole


def assert_accounted(store: Store, run: Run) -> None:
    """What a run says is what its transactions entered: no batch came half."""
    account = rows(store, schema.run)
    assert sum(row["rows"] for row in account) == run.read
    assert sum(row["written"] for row in account) == run.written


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(place=st.integers(0, 5000), junk=JUNK | PERSONAL, on=st.integers(0, 6))
def test_a_spoilt_answer_costs_a_row_or_the_run_and_never_more(
    shared_store: Store, name: str, place: int, junk: Any, on: int
) -> None:
    store = fresh(shared_store)
    with asking(name, spoilt(service(name), on, lambda body: spoil(body, place, junk))) as source:
        run = ingest(store, source, CASES[name].now)
        assert_accounted(store, run)
        cursor = json.loads(source_row(store)["cursor"])
    with asking(name) as source:
        assert_sound(source.batches(cursor, CASES[name].now))
        assert ingest(store, source, CASES[name].now).error == ""
    assert_private(name, store, run.error, *reasons(store))


def service(kind: str) -> Answers:
    """The service of this kind as it was recorded."""
    return CASES[kind].service()


def spoilt(answers: Answers, on: int, spoil_it: Callable[[Any], Any]) -> Answers:
    """Answer as told, but for the so manieth answer with a body."""
    seen = iter(range(100_000))

    def answer(asked: Asked) -> Said:
        said = answers(asked)
        if isinstance(said.body, dict | list) and next(seen) == on:
            return Said(spoil_it(said.body), said.status, said.headers)
        return said

    return answer
