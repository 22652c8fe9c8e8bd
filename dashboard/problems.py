"""What a caller gets when something is wrong: a page for a person, problem+json for a program."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from html import escape
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound

from dashboard.live import compact
from metrics.command import BadQuestion

API = "/api/"
CATCH_ALL = "<path:path>"  # Dash answers 200 on any path below a page
TITLES = {400: "De vraag klopt niet", 404: "Niet gevonden", 405: "Dat kan hier niet"}
PAGE = """<!DOCTYPE html>
<html lang="nl" data-bs-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="/assets/regiebord.svg">
<link rel="stylesheet" href="/assets/themas/{thema}.css">
<link rel="stylesheet" href="/assets/bootstrap.min.css">
<link rel="stylesheet" href="/assets/fonts/figtree.css">
<link rel="stylesheet" href="/assets/regiebord.css"></head>
<body{far}><header class="bovenkant"><div class="container balk-boven">
<p class="h3 mb-0">{name}</p>{label}</div></header>
<main class="container"><h1 class="h3">{title}</h1><p>{detail}</p>
<p><a href="/">Naar het begin</a> of <a href="/wand">naar de wand</a>.</p></main></body></html>"""


class Missing(NotFound):
    """An address that leads nowhere, and what to do; `again_s` is for a screen without hands."""

    def __init__(self, detail: str, hint: str, again_s: int) -> None:
        super().__init__(detail)
        self.detail, self.hint, self.again_s = detail, hint, again_s


def problem(status: int, detail: str, **more: Any) -> Response:
    """Answer a program: RFC 9457, in Dutch, with a hint where there is one."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, "Er ging iets mis"),
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(compact(body), status, content_type="application/problem+json")


def refused(bad: BadQuestion, field: str = "") -> Response:
    """Answer a program whose question cannot be understood: which part, and what to do."""
    field = field or bad.field
    told = f"{field} = '{bad.value}' klopt niet."
    return problem(400, told, veld=field, waarde=bad.value, hint=bad.hint)


def unknown_parameter(known: Collection[str]) -> Response | None:
    """Answer a program that asks by something that does not exist; None when all of it does."""
    wrong = sorted(set(request.args) - set(known))
    if not wrong:
        return None
    name = wrong[0]
    near = get_close_matches(name, known, n=1)
    hint = f"Bedoelt u '{near[0]}'?" if near else f"Kies uit {', '.join(known)}."
    return problem(400, f"De parameter '{name}' bestaat niet.", veld=name, hint=hint)


def handle_problems(server: Flask, name: str, label: Callable[[], str], thema: str) -> None:
    """Give unknown paths a real 404, and every error its own words; `label` marks demo data."""

    @server.before_request
    def refuse_unknown_path() -> Response | None:
        rule = "" if request.url_rule is None else request.url_rule.rule
        return not_found() if rule.endswith(CATCH_ALL) and not _is_file(rule) else None

    def not_found() -> Response:
        return answer(404, "Deze pagina bestaat niet.", hint="Kijk of het adres klopt.")

    def answer(status: int, detail: str, far: bool = False, **more: Any) -> Response:
        if request.path.startswith(API):
            return problem(status, detail, **more)
        title = TITLES.get(status, "Er ging iets mis")
        told = escape(" ".join([detail, *more.values()]))
        looks = {"label": label(), "thema": thema, "far": ' class="ver"' * far}
        return Response(PAGE.format(title=title, name=escape(name), detail=told, **looks), status)

    @server.errorhandler(Missing)
    def missing(error: Missing) -> Response:
        told = answer(404, error.detail, far=True, hint=error.hint)
        told.headers["Refresh"] = str(error.again_s)
        return told

    @server.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code == 404:
            return not_found()
        return answer(error.code or 500, TITLES.get(error.code or 500, "Er ging iets mis") + ".")

    @server.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        server.logger.error("Unexpected error on %s", request.path, exc_info=error)
        return answer(500, "De cijfers zijn nu niet op te vragen.", hint="Probeer het zo weer.")


def _is_file(rule: str) -> bool:
    return "assets/" in rule or "_dash-component-suites/" in rule
