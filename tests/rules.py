"""The rules of a municipality as tests need them: those that the program ships, or others."""

from __future__ import annotations

from functools import cache
from typing import Any

from data.agreements import Agreements
from data.calendar import always_open
from data.departments import Departments
from data.settings import Settings, load
from data.store import Store
from data.topics import Topic, Topics
from ingest.life import Rules
from ingest.stamps import Stamps


@cache
def shipped() -> Settings:
    """The settings of a program that nobody configured."""
    return load({})


def rules(**given: Any) -> Rules:
    """Rules of a municipality that is always open, has no catalogue and agreed on nothing."""
    nothing = {
        "calendar": always_open(),
        "topics": Topics({}),
        "terms": shipped().terms,
        "agreements": Agreements({}),
        "departments": Departments({}, ()),
    }
    return Rules(**nothing | given)


def listed(*names: str) -> Topics:
    """A catalogue that knows these topics, and nothing else of them."""
    return Topics({name.casefold(): (Topic(name),) for name in names})


def stamps(store: Store, **given: Any) -> Stamps:
    """The stamps of Haarlem with these rules."""
    return Stamps(store.organisation, "Haarlem", rules(**given))
