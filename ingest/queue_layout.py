"""The events of a queue_log: which say nothing of calls, and where each has its fields."""

from __future__ import annotations

from collections.abc import Mapping

from data.codes import Exit, Outcome

IGNORED = frozenset(
    [
        "CONFIGRELOAD",
        "RINGNOANSWER",
        "RINGCANCELED",
        "PENALTY",
        "RINGINUSE",
        "OUTCALL",
        "DID",
        "INFO",
        "AGENTCALLED",
        "CALLSTATUS",
        "TRANSFERDIAL",
    ]
)
LEFT_WITHOUT_PERSON: Mapping[str, tuple[Outcome, Exit | None, int | None]] = {
    "ABANDON": (Outcome.AFGEHAAKT, None, 7),
    "EXITWITHTIMEOUT": (Outcome.OVERGELOPEN, Exit.TIMEOUT, 7),
    "EXITEMPTY": (Outcome.OVERGELOPEN, Exit.LEEG, 7),
    "EXITWITHKEY": (Outcome.OVERGELOPEN, Exit.TOETS, 8),
    "WITHDRAW": (Outcome.OVERGELOPEN, Exit.INGETROKKEN, 7),
    "AGENTDUMP": (Outcome.OVERGELOPEN, Exit.MEDEWERKER_HING_OP, None),
    "SYSCOMPAT": (Outcome.GEWEIGERD, None, None),
}
"""Event -> outcome, detail, and the field of the line that holds the seconds waited."""

MOST_FIELDS = {
    **dict.fromkeys(("CONNECT", "COMPLETECALLER", "COMPLETEAGENT"), 8),
    **dict.fromkeys(("ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY"), 8),
    **dict.fromkeys(("AGENTDUMP", "SYSCOMPAT"), 6),
    "EXITWITHKEY": 9,
    "BLINDTRANSFER": 10,
    "TRANSFER": 10,
    "ATTENDEDTRANSFER": 11,
}
"""Where more than this is filled in, two lines have run together. The others end in free text."""
