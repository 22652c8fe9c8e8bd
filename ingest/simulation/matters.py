"""What people come with: a matter is a number that says who asks and what about.

Whoever comes back on a matter is the same person with the same question, so no day has to remember
another one.
"""

from __future__ import annotations

from ingest.simulation.town import Town

QUEUE, NOTE, TOPIC, KNOWN = 1, 2, 3, 4
"""What a matter decides, each by a fraction of its own."""
NOTED, REGISTERED = 0.42, 0.62
"""Which part of the conversations is noted, and of the other questions has a client number."""
CALLS_A_DAY = 2_400
MOST_A_DAY, MOST_CHANNELS = 4_096, 8
NUMBERS, CLIENTS = 50_000, 9_999_991
STRIDE = 7_919


def by_phone(town: Town, day: int, serial: int) -> int:
    """Return the matter of the caller with this place in a day."""
    return (day + town.seed) * int(CALLS_A_DAY * town.scale) + serial


def elsewhere(day: int, channel: int, serial: int) -> int:
    """Return the matter with this place in a channel's day."""
    return (day * MOST_CHANNELS + channel) * MOST_A_DAY + serial


def fraction(matter: int, what: int) -> float:
    """Return what a matter decides, from 0 to 1: its bits well mixed."""
    mixed = matter * 0x9E3779B1 + what * 0x85EBCA77 & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 12) * 0x297A2D39 & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) / 0x100000000


def is_noted(matter: int) -> bool:
    """Tell whether the conversations about it become questions in the ticket system."""
    return fraction(matter, NOTE) < NOTED


def is_registered(matter: int) -> bool:
    """Tell whether who asks has a client number."""
    return fraction(matter, KNOWN) < REGISTERED


def number_of(matter: int) -> str:
    """Return the invented telephone number of who calls about it."""
    return f"02355{50_000 + matter * STRIDE % NUMBERS}"


def client_of(matter: int) -> str:
    """Return the invented client number of who asks about it."""
    return f"K{matter * STRIDE % CLIENTS:07}"
