"""Asks a web service with patience and within a budget; what goes wrong says what to do.

An error names the host and the path, never a parameter's value, a header or a body: these may hold
a secret or somebody's data.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import httpx
import orjson
from httpx_retries import Retry, RetryTransport

from ingest.ahead import ahead
from ingest.source import AccessDenied, SourceChanged, SourceDown
from ingest.trial import current

Params = Mapping[str, str | int]
Told = TypeVar("Told")
Auth = tuple[str, str] | httpx.Auth
Headers = Callable[[], Mapping[str, str]]
"""Gives the headers of the next request; a token with a lifetime is made anew."""
LARGEST_ANSWER = 64 * 1024 * 1024
CONNECT_S, READ_S = 10.0, 60.0
AGAIN = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
DENIED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
PATIENCE = Retry(
    total=4,
    backoff_factor=0.5,
    max_backoff_wait=30.0,
    total_timeout=60.0,
    status_forcelist=AGAIN,
)
NO_PATIENCE = Retry(total=0)
for talker in ("httpx", "httpcore", "httpx_retries"):
    logging.getLogger(talker).setLevel(logging.WARNING)  # they log addresses with their parameters


class BudgetSpent(RuntimeError):
    """This run may ask no more; the next one goes on from the cursor."""


def nothing() -> Mapping[str, str]:
    """No headers of our own."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Service:
    """A web service as the configuration names it. `budget` is in requests per run."""

    base: str
    headers: Headers = field(default=nothing, repr=False)
    auth: Auth | None = field(default=None, repr=False)
    authority: Path | None = None
    budget: int = 1000
    retry: Retry = field(default=PATIENCE, repr=False)

    def open(self) -> Web:
        """Start a run."""
        return Web(self)

    def walk(self, steps: Callable[[Web], Iterator[Told]]) -> Iterator[Told]:
        """Yield what a run tells until it ends, or its budget is spent and the next one goes on.

        It is read one ahead; in a trial it is not, as that asks for no more than it shows.
        """
        with self.open() as web, suppress(BudgetSpent):
            yield from steps(web) if web.trial else ahead(steps(web), web.stop)


@dataclass(frozen=True)
class Answer:
    """What a service answered: a status and the JSON of its body."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(repr=False)


class Web:
    """One run's conversation with a service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.left = service.budget
        self.trial = current()
        transport = httpx.HTTPTransport(verify=_trust(service.authority))
        retry = NO_PATIENCE if self.trial else service.retry
        self.client = httpx.Client(
            transport=RetryTransport(transport, retry=retry),
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            auth=service.auth,
            follow_redirects=False,
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def stop(self) -> None:
        """Ask nothing more, as if the budget were spent."""
        self.left = 0

    def get(self, path: str, params: Params | None = None, also: tuple[int, ...] = ()) -> Answer:
        """Ask for JSON; raise SourceDown or SourceChanged unless it is a success or one of `also`.

        Raises BudgetSpent when this run has asked enough.
        """
        if self.left <= 0 or (self.trial and not self.trial.may_ask()):
            raise BudgetSpent
        self.left -= 1
        status, headers, content = self._fetch(path, params)
        if status in also:
            return Answer(status, None, headers)
        self._refuse(path, status, content)
        return Answer(status, _json(self._place(path), content), headers)

    def _fetch(self, path: str, params: Params | None) -> tuple[int, Mapping[str, str], bytes]:
        url = httpx.URL(self.service.base).join(path)
        try:
            with self.client.stream(
                "GET", url, params=params, headers=self.service.headers()
            ) as answer:
                if self.trial:
                    self.trial.hear(answer.headers.get("date"))
                return answer.status_code, answer.headers, self._content(path, answer)
        except httpx.TimeoutException:
            raise SourceDown(f"{self._place(path)}: geen antwoord op tijd") from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise SourceDown(f"{self._place(path)}: {_trouble(error)}") from None

    def _content(self, path: str, answer: httpx.Response) -> bytes:
        content = bytearray()
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST_ANSWER:
                hint = f"antwoordt met meer dan {LARGEST_ANSWER >> 20} MB; kies kleinere pagina's"
                raise SourceChanged(f"{self._place(path)}: {hint}")
        return bytes(content)

    def _refuse(self, path: str, status: int, content: bytes) -> None:
        place = self._place(path)
        if status in DENIED:
            raise AccessDenied(f"{place}: geen toegang ({status}); controleer sleutel en rechten")
        if status in AGAIN:
            raise SourceDown(f"{place}: storing ({status})")
        if not 200 <= status < 300:
            raise SourceChanged(f"{place}: weigert de vraag ({status}){_parameters(content)}")

    def _place(self, path: str) -> str:
        url = httpx.URL(self.service.base).join(path)
        return f"{url.host}{url.path}"


def _trust(authority: Path | None) -> ssl.SSLContext:
    """Trust the usual authorities and, where it is named, one of the municipality's own."""
    context = ssl.create_default_context()
    if authority is not None:
        context.load_verify_locations(authority)
    return context


def _json(place: str, content: bytes) -> Any:
    if not content:
        return None
    try:
        return orjson.loads(content)
    except ValueError:
        raise SourceChanged(f"{place}: antwoordt niet met JSON; klopt het adres?") from None


def _trouble(error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "het certificaat is niet te vertrouwen; noem een eigen uitgever met `ca_bestand`"
    if isinstance(error, httpx.ConnectError):
        return "niet te bereiken"
    return f"de verbinding brak af ({type(error).__name__})"


def _parameters(content: bytes) -> str:
    """Name the parameters that a service refuses, when it says so as the ZGW standards do."""
    try:
        wrong = orjson.loads(content)["invalidParams"]
        names = ", ".join(str(each["name"]) for each in wrong)
    except (ValueError, TypeError, KeyError):
        return ""
    return f": {names}"
