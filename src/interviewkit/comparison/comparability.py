"""Where candidates were not interviewed alike, in sentences.

A comparison is only as fair as the interviews were alike, so every difference is put into words
that stand beside the numbers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from interviewkit.comparison.cards import Card, KitUsed
from interviewkit.interview.people import normalize_name

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

# The text of a bank, the questions of a scorecard, and which of them were asked.
Layout = tuple[str, tuple[tuple[str, str], ...], bytes]
_LayoutKey = tuple[str, int, bytes]  # the same with the identity of the questions
MOST_NAMES = 6  # in one warning, and groups of them; the rest are counted
MOST_WORDS = 60  # characters of a question


def differences(cards: Sequence[Card], kits: Sequence[KitUsed]) -> list[str]:
    """A sentence for everything in which the candidates' interviews were not alike."""
    names = {card.candidate.id: card.candidate.name for card in cards}
    banks = {used.bank_sha256: used.bank for used in kits}
    kit_names = unambiguous_names({used.kit: used.content.name for used in kits})
    people = {name: normalize_name(name) for name in {card.interviewer for card in cards}}
    kits_of: dict[str, set[str]] = {candidate: set() for candidate in names}
    panels: dict[str, dict[str, str]] = {candidate: {} for candidate in names}
    layouts: dict[str, set[_LayoutKey]] = {candidate: set() for candidate in names}
    by_key: dict[_LayoutKey, Layout] = {}
    stripped = {name: name.strip() for name in people}
    for card in cards:
        candidate = card.candidate.id
        kits_of[candidate].add(kit_names[card.kit])
        key, name = people[card.interviewer], stripped[card.interviewer]
        panel = panels[candidate]
        panel[key] = min(panel.get(key, name), name)
        # Many cards share a tuple of questions, which is long to hash.
        layout_key = card.bank_sha256, id(card.questions), card.asked
        layouts[candidate].add(layout_key)
        by_key[layout_key] = card.bank_sha256, card.questions, card.asked
    sets = {frozenset(keys) for keys in layouts.values()}
    asked_in = {keys: _questions_asked([by_key[key] for key in keys], banks) for keys in sets}
    asked = {candidate: asked_in[frozenset(keys)] for candidate, keys in layouts.items()}
    return [
        *_describe_versions(kits),
        *_describe_groups(
            "Candidates were interviewed with different kits",
            {names[key]: " and ".join(sorted(used)) for key, used in kits_of.items()},
        ),
        *_describe_unasked({names[key]: questions for key, questions in asked.items()}, banks),
        *_describe_several_cards(cards, names, panels),
        *_describe_panels({names[key]: panel for key, panel in panels.items()}),
    ]


def _describe_several_cards(
    cards: Sequence[Card], names: Mapping[str, str], panels: Mapping[str, Mapping[str, str]]
) -> Iterable[str]:
    """Where a person submitted more than once for a candidate: it is still one person."""
    if len(cards) == sum(map(len, panels.values())):
        return
    counts = Counter((card.candidate.id, normalize_name(card.interviewer)) for card in cards)
    repeated = sorted(
        f"{panels[candidate][key]} {count} for {names[candidate]}"
        for (candidate, key), count in counts.items()
        if count > 1
    )
    yield (
        f"Several scorecards of the same interviewer: {_names(repeated)}. Their answers count "
        "as one person's, with the latest recommendation."
    )


def _describe_panels(panels: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    """Different numbers of interviewers say enough; else whether they were the same people."""
    if len({len(panel) for panel in panels.values()}) > 1:
        return _describe_groups(
            "Candidates were seen by different numbers of interviewers",
            {name: str(len(panel)) for name, panel in panels.items()},
        )
    keys = {name: frozenset(panel) for name, panel in panels.items()}
    spelled: dict[str, str] = {}
    for panel in panels.values():
        for key, name in panel.items():
            spelled[key] = min(spelled.get(key, name), name)
    return _describe_groups(
        "Candidates were seen by different interviewers",
        {name: " and ".join(spelled[key] for key in sorted(panel)) for name, panel in keys.items()},
    )


def _questions_asked(
    layouts: Iterable[Layout], banks: Mapping[str, "Bank"]
) -> set[tuple[str, str]]:
    """(Bank, question) for what these scorecards asked."""
    return {
        (banks[sha256].id, question)
        for sha256, questions, asked in layouts
        for (question, _), was_asked in zip(questions, asked, strict=True)
        if was_asked
    }


def _describe_versions(kits: Sequence[KitUsed]) -> Iterable[str]:
    texts: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    for used in kits:
        texts.setdefault(used.bank.id, {})[used.bank_sha256] = used.bank.version
        titles[used.bank.id] = used.bank.title
    titles = unambiguous_names(titles)
    if len(texts) > 1:
        yield f"Different banks were used: {', '.join(sorted(titles.values()))}."
    for bank, versions in sorted(texts.items()):
        if len(versions) > 1:
            labels = sorted(unambiguous_names(versions, length=8).values())
            yield (f"Different versions of the bank {titles[bank]} were used: {', '.join(labels)}.")


def unambiguous_names(names: Mapping[str, str], length: int | None = None) -> dict[str, str]:
    """Id → name; where several have one name, with (the beginning of) their id behind it."""
    counts = Counter(names.values())
    return {
        key: name if counts[name] == 1 else f"{name} ({key[:length]})"
        for key, name in names.items()
    }


def _describe_groups(statement: str, values: Mapping[str, str]) -> Iterable[str]:
    groups: dict[str, list[str]] = {}
    for name, value in values.items():
        groups.setdefault(value, []).append(name)
    if len(groups) > 1:
        labels = [f"{value}: {_names(groups[value])}" for value in sorted(groups)]
        if (hidden := len(labels) - MOST_NAMES) > 1:
            labels = [*labels[:MOST_NAMES], f"and {hidden} more groups"]
        yield f"{statement}. {'; '.join(labels)}."


def _describe_unasked(
    asked: Mapping[str, set[tuple[str, str]]], banks: Mapping[str, "Bank"]
) -> Iterable[str]:
    questions_asked = sorted({question for questions in asked.values() for question in questions})
    missing: dict[str, list[str]] = {}
    for question in questions_asked:
        without = [name for name, questions in asked.items() if question not in questions]
        if without:
            missing.setdefault(_names(without), []).append(_quoted(question, banks))
    if missing:
        labels = [
            f"{candidates}: {_shorten_list(texts)}" for candidates, texts in sorted(missing.items())
        ]
        if (hidden := len(labels) - MOST_NAMES) > 1:
            labels = [*labels[:MOST_NAMES], f"and {hidden} more groups"]
        yield f"Candidates were asked different questions. Not asked: {'; '.join(labels)}."


def _quoted(question: tuple[str, str], banks: Mapping[str, "Bank"]) -> str:
    """The words of a question, of a long one only its beginning."""
    bank_id, key = question
    bank = next(b for b in banks.values() if b.id == bank_id and key in {q.id for q in b.questions})
    words = bank.question(key).ask
    if len(words) > MOST_WORDS:
        words = f"{words[:MOST_WORDS].rsplit(' ', 1)[0]} …"
    return f"“{words}”"


def _names(names: Iterable[str]) -> str:
    return _shorten_list(sorted(names, key=str.casefold))


def _shorten_list(texts: Sequence[str]) -> str:
    hidden = len(texts) - MOST_NAMES
    if hidden > 1:
        return f"{', '.join(texts[:MOST_NAMES])} and {hidden} more"
    return ", ".join(texts)
