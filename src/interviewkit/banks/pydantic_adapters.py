"""Plain values checked against the models: where pydantic meets banks."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from interviewkit.banks.model import Bank, Competency, Extension, Kit, Question

BANK: TypeAdapter[Bank] = TypeAdapter(Bank)
EXTENSION: TypeAdapter[Extension] = TypeAdapter(Extension)
ITEMS: Mapping[str, TypeAdapter[object]] = {  # of a bank's lists
    "competencies": TypeAdapter(Competency),
    "questions": TypeAdapter(Question),
    "kits": TypeAdapter(Kit),
}
