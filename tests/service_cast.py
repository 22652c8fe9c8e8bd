"""The cast of the tests of web services: build a source on a replayed service, and read it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from httpx_retries import Retry

from data.store import Store
from ingest.options import Options
from ingest.runner import Run
from ingest.source import Source, Surroundings
from tests.ingest_cast import KEY, NOON, facts, ingest, source_row
from tests.replay import Answers, Asked, Replay, Said, replay

SECRET = "geheim-5f0c2b"
SAMPLES = Path(__file__).parent / "samples"
HASTE = Retry(total=1, backoff_factor=0.001, status_forcelist=(429, 500, 502, 503, 504))


def sample(kind: str, name: str) -> Any:
    """What is recorded, or written by hand, of a service."""
    return json.loads((SAMPLES / kind / name).read_text("utf-8"))


def options_of(kind: str, given: Mapping[str, Any]) -> Options:
    """The options of a source of this kind after building it; mistakes and all."""
    options = Options("proef", given, Path(), Path())
    import_module(f"ingest.sources.{kind}").build("proef", options, surroundings())
    options.finish()
    return options


def surroundings(secret: str = SECRET) -> Surroundings:
    """An environment with the one secret."""
    return Surroundings(KEY, {"GEHEIM": secret})


def built(kind: str, address: str, secret: str = SECRET, **given: Any) -> Any:
    """A source of this kind at an address, that loses patience soon."""
    asked = {"adres": address, "sleutel_omgeving": "GEHEIM", **given}
    options = Options("proef", asked, Path(), Path())
    around = surroundings(secret)
    source = import_module(f"ingest.sources.{kind}").build("proef", options, around)
    options.finish()
    assert options.mistakes == []
    return replace(source, service=replace(source.service, retry=HASTE))


@contextmanager
def serving(kind: str, answers: Answers, **given: Any) -> Iterator[tuple[Any, Replay]]:
    """A source and the service that it asks."""
    with replay(answers) as running:
        yield built(kind, running.base, **given), running


def till_complete(store: Store, source: Source, now: int = NOON, most: int = 500) -> int:
    """Run until the cursor rests; say how many runs that took."""
    before = None
    for number in range(most):
        run: Run = ingest(store, source, now)
        assert run.error == ""
        row = source_row(store)
        if row["checked_at"] is not None or row["cursor"] == before:
            return number + 1
        before = row["cursor"]
    raise AssertionError("komt niet tot een einde")


def live_twice(store: Store, kind: str, address: str, **given: Any) -> None:
    """Read a live system to its end, and again: nothing is set aside for its form, or changes.

    The secret is that of REGIEBORD_LIVE_<KIND>_SECRET; without one, none is sent.
    """
    secret = os.environ.get(f"REGIEBORD_LIVE_{kind.upper()}_SECRET", "")
    asked = {"adres": address, **({"sleutel_omgeving": "GEHEIM"} if secret else {}), **given}
    options = Options("proef", asked, Path(), Path())
    around = Surroundings(KEY, {"GEHEIM": secret})
    source = import_module(f"ingest.sources.{kind}").build("proef", options, around)
    now = int(datetime.now(UTC).timestamp())
    assert options.mistakes == []
    assert ingest(store, source, now).error == ""
    once = facts(store)
    assert once["ticket"]
    run = ingest(store, source, now + 60)
    assert (run.error, facts(store)) == ("", once)


def wrong(said: Said, after: int = 0) -> Callable[[Answers], Answers]:
    """Answer wrongly from the request after so many on."""

    def spoilt(answers: Answers) -> Answers:
        count = 0

        def answer(asked: Asked) -> Said:
            nonlocal count
            count += 1
            return said if count > after else answers(asked)

        return answer

    return spoilt
