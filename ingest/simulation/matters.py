"""What people come with: a place among all matters says who asks, its bits what about.

Whoever comes back on a matter is the same person with the same question, so no day has to remember
another one.
"""

from __future__ import annotations

from ingest.simulation.town import Town

QUEUE, NOTE, TOPIC, KNOWN = 0, 16, 32, 16
"""What a matter decides, and by which of its bits."""
NOTED, REGISTERED = 0.38, 0.45
"""Which part of the conversations is noted, and of the other questions has a client number."""
MOST_CALLS, MOST_ELSEWHERE, MOST_CHANNELS = 2_400, 4_096, 8
"""So many fit in a day without meeting those of the next."""
NUMBERS, CLIENTS = 50_000, 9_999_991
STRIDE = 7_919
ALL_BITS = 0xFFFFFFFFFFFFFFFF


def calls_a_day(town: Town) -> int:
    """Return how many places a day takes."""
    return int(MOST_CALLS * town.scale)


def by_phone(town: Town, day: int, serial: int) -> int:
    """Return the place of the caller who has this serial on a day."""
    return (day + town.seed) * calls_a_day(town) + serial


def elsewhere(day: int, channel: int, serial: int) -> int:
    """Return the place of who has this serial on a channel's day."""
    return (day * MOST_CHANNELS + channel) * MOST_ELSEWHERE + serial


def at(place: int) -> int:
    """Return the bits of the matter at a place, well mixed."""
    bits = place * 0x9E3779B97F4A7C15 & ALL_BITS
    bits = (bits ^ bits >> 32) * 0xD6E8FEB86659FD93 & ALL_BITS
    return bits ^ bits >> 32


def fraction(matter: int, what: int) -> float:
    """Return what a matter decides, from 0 to 1."""
    return (matter >> what & 0xFFFF) / 0x10000


def is_noted(matter: int) -> bool:
    """Tell whether the conversations about it become questions in the ticket system."""
    return fraction(matter, NOTE) < NOTED


def noted_from(place: int) -> int:
    """Return the first place, from this one on, about which the conversations are noted."""
    while not is_noted(at(place)):
        place += 1
    return place


def is_registered(matter: int) -> bool:
    """Tell whether who asks has a client number."""
    return fraction(matter, KNOWN) < REGISTERED


def number_of(place: int) -> str:
    """Return the invented telephone number of who calls about it."""
    return f"02355{50_000 + place * STRIDE % NUMBERS}"


def client_of(place: int) -> str:
    """Return the invented client number of who asks about it."""
    return f"K{place * STRIDE % CLIENTS:07}"
