"""The types that the OpenAPI document is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STRING: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": ["number", "null"]}
INTEGER: Mapping[str, Any] = {"type": "integer"}
TRUTH: Mapping[str, Any] = {"type": "boolean"}
MAYBE: Mapping[str, Any] = {"type": ["boolean", "null"]}
WORDS: Mapping[str, Any] = {"type": ["string", "null"]}


def record(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has all of these."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def several(items: Mapping[str, Any]) -> dict[str, Any]:
    """A list of one type."""
    return {"type": "array", "items": items}
