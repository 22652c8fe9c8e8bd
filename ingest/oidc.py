"""Gets a token for an application from an OpenID Connect provider, and a new one when it lapsed."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from ingest.source import AccessDenied, SourceChanged, SourceDown

Flow = Generator[httpx.Request, httpx.Response, None]


@dataclass
class ClientCredentials(httpx.Auth):
    """An application known to a provider; its token is kept in memory for as long as it works."""

    address: str
    client: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)

    def sync_auth_flow(self, request: httpx.Request) -> Flow:
        """Sign a request; when it is refused, once more with a new token."""
        held = self.token
        if not held:
            yield from self._renew()
        request.headers["Authorization"] = f"Bearer {self.token}"
        answer = yield request
        if held and answer.status_code == HTTPStatus.UNAUTHORIZED:
            yield from self._renew()
            request.headers["Authorization"] = f"Bearer {self.token}"
            yield request

    def _renew(self) -> Flow:
        grant = {"grant_type": "client_credentials"}
        who = {"client_id": self.client, "client_secret": self.secret}
        answer = yield httpx.Request("POST", self.address, data={**grant, **who})
        answer.read()
        place = f"{answer.request.url.host}{answer.request.url.path}"
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SourceDown(f"{place}: storing ({answer.status_code})")
        if not answer.is_success:
            hint = f"geeft geen toegangsbewijs ({answer.status_code}); controleer client en sleutel"
            raise AccessDenied(f"{place}: {hint}")
        self.token = _token(place, answer)


def _token(place: str, answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        body = None
    token = body.get("access_token") if isinstance(body, Mapping) else None
    if isinstance(token, str) and token.isascii() and token.isprintable() and token:
        return token
    raise SourceChanged(f"{place}: antwoordt zonder `access_token`; klopt `token_adres`?")
