"""Which sources count, and that invented and real data never share a store."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from data import schema
from data.mistakes import ConfigMistakes
from data.settings import SourceSettings
from data.store import Store
from ingest.configured import note_configured
from metrics.freshness import source_states
from tests.worlds import know_source


def configured(*kinds: tuple[str, str]) -> list[SourceSettings]:
    return [SourceSettings(naam, soort, {}, Path()) for naam, soort in kinds]


def names(store: Store) -> list[str]:
    with store.reading() as connection:
        return [state.naam for state in source_states(connection, store.organisation)]


def test_a_source_that_is_no_longer_configured_says_nothing_about_freshness(store: Store) -> None:
    know_source(store, "telefonie", 1)
    know_source(store, "oud", 2)
    note_configured(store, configured(("telefonie", "proef")))
    assert names(store) == ["telefonie"]


def test_a_source_that_comes_back_is_the_same_source(store: Store) -> None:
    know_source(store, "telefonie", 7)
    note_configured(store, configured(("andere", "proef")))
    note_configured(store, configured(("telefonie", "proef")))
    with store.reading() as connection:
        here = schema.source.c.organisation == store.organisation
        assert connection.execute(select(schema.source.c.id).where(here)).scalars().all() == [7]
    assert names(store) == ["telefonie"]


@pytest.mark.parametrize(
    ("stored", "wanted", "word"),
    [("demo", "tickets_csv", "demonstratiegegevens"), ("tickets_csv", "demo", "echte gegevens")],
)
def test_invented_and_real_data_never_share_a_store(
    store: Store, stored: str, wanted: str, word: str
) -> None:
    know_source(store, "eerst", soort=stored)
    with pytest.raises(ConfigMistakes, match=word):
        note_configured(store, configured(("daarna", wanted)))
    assert names(store) == ["eerst"]
