"""Plain values checked against the models: where pydantic meets banks."""

from pydantic import TypeAdapter

from interviewkit.banks.model import Bank, Extension

BANK: TypeAdapter[Bank] = TypeAdapter(Bank)
EXTENSION: TypeAdapter[Extension] = TypeAdapter(Extension)
