"""Reads where a web service is and with which secret, from the options of a source.

A secret is never in bronnen.toml: an option names the environment variable or file that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

import httpx

from ingest.options import Options
from ingest.os_errors import what_is_wrong
from ingest.web import Auth, Headers, Service, nothing

REQUESTS_PER_RUN = 1000
INTERVAL_S = 300.0


def service(options: Options, headers: Headers = nothing, auth: Auth | None = None) -> Service:
    """Return the service at `adres`; what is wrong is noted."""
    authority = options.path("ca_bestand") if options.has("ca_bestand") else None
    if authority is not None and not authority.is_file():
        options.wrong("ca_bestand", "dit bestand bestaat niet", str(authority))
        authority = None
    return Service(
        base=address(options),
        headers=headers,
        auth=auth,
        authority=authority,
        budget=options.number("verzoeken", REQUESTS_PER_RUN, least=1),
    )


def secret(options: Options, environment: Mapping[str, str], name: str = "sleutel") -> str:
    """Return the secret that `<name>_omgeving` or `<name>_bestand` points at."""
    variable, file = f"{name}_omgeving", f"{name}_bestand"
    if options.has(name):
        options.wrong(name, f"hoort niet in dit bestand; gebruik {variable} of {file}", "***")
        return ""
    if options.has(variable):
        named = options.text(variable)
        if not environment.get(named):
            options.wrong(variable, "deze omgevingsvariabele is er niet of is leeg", named)
        return environment.get(named, "")
    if options.has(file):
        return _from_file(options, file)
    options.wrong(variable, f"ontbreekt; noem een omgevingsvariabele, of een bestand met {file}")
    return ""


def _from_file(options: Options, key: str) -> str:
    path: Path = options.path(key)
    try:
        found = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        hint = what_is_wrong(error) if isinstance(error, OSError) else "is geen tekst"
        options.wrong(key, hint, str(path))
        return ""
    if not found:
        options.wrong(key, "is leeg", str(path))
    return found


def address(options: Options, name: str = "adres") -> str:
    """Return the address of a service, with a slash at its end; what is wrong is noted."""
    written = options.text(name)
    url = httpx.URL(written) if _is_url(written) else httpx.URL("http://127.0.0.1")
    if not url.host or url.userinfo or url.scheme not in ("http", "https") or not written:
        options.wrong(name, "geef een adres als https://kiss.gemeente.nl/api", written)
    elif url.scheme == "http" and not _is_here(url.host):
        options.wrong(name, "gebruik https; alleen op deze machine mag http", written)
    return str(url).rstrip("/") + "/"


def _is_url(text: str) -> bool:
    try:
        return bool(httpx.URL(text).host)
    except httpx.InvalidURL:
        return False


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
