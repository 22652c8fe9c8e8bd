"""A service as it was recorded, per kind of web source: what they all promise is tried on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from tests import fake_kiss, fake_klantinteracties, fake_signalen, fake_zaken
from tests.desk_services import DESKS, OPTIONS
from tests.ingest_cast import NOON
from tests.replay import Answers, replay
from tests.service_cast import SECRET, built


class Case(NamedTuple):
    """How to make the service anew, when it is read, and how it is asked."""

    service: Callable[[], Answers]
    now: int = NOON
    root: str = ""
    secret: str = SECRET
    given: Mapping[str, Any] = {}


def _kiss() -> Answers:
    return fake_kiss.FakeKiss([fake_kiss.details(number) for number in range(340, 400)]).answers


def _register() -> Answers:
    return fake_klantinteracties.Register(**fake_klantinteracties.recorded()).answers


CASES: dict[str, Case] = {
    "kiss": Case(_kiss, fake_kiss.NOW, secret=fake_kiss.SECRET, given={"dagen_terug": 4}),
    "open_klant": Case(
        _register,
        fake_kiss.NOW,
        fake_klantinteracties.ROOT[1:],
        fake_klantinteracties.TOKEN,
        {"paginagrootte": 50},
    ),
    "signalen": Case(
        lambda: fake_signalen.Reporting.recorded().answers,
        fake_signalen.RECORDED_AT,
        fake_signalen.ROOT[1:],
    ),
    "zgw_zaken": Case(
        lambda: fake_zaken.CaseSystem.recorded().answers,
        fake_zaken.RECORDED_AT,
        given={"client": fake_zaken.CLIENT},
    ),
    **{kind: Case(partial(DESKS[kind]), given=OPTIONS[kind]) for kind in DESKS},
}


@contextmanager
def asking(kind: str, answers: Answers | None = None, **more: Any) -> Iterator[Any]:
    """A source of this kind, that asks its recorded service or another one in its place."""
    case = CASES[kind]
    with replay(answers or case.service()) as running:
        yield built(kind, running.base + case.root, case.secret, **{**case.given, **more})
