"""A comparison's sentences as the screen shows them: a paragraph with a title for each thing."""

from collections.abc import Iterable

from interviewkit.comparison import order_sentences, rater_sentences, sentences
from interviewkit.comparison.results import Comparison
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content

_SIGNS = "▲ high ▼ low · ×2 interviewers · ○ not ◐ partly probed · ≠ far apart · = tied"


def legend(comparison: Comparison) -> str:
    """What the signs in the table mean."""
    return f"{_SIGNS} · ! below its must-have (≥)" if comparison.must_haves else _SIGNS


def explanation(comparison: Comparison) -> Content:
    """All that is said about these numbers; the reader need not know statistics."""
    withheld = [
        f"{item.name}: {count_noun(item.scorecards, 'scorecard')} in, withheld until you "
        "have submitted your own."
        for item in comparison.withheld
    ]
    if not comparison.candidates:
        parts = [Content(sentences.headline(comparison)), _paragraph("Withheld", withheld)]
    else:
        talk = [sentences.spread(item) for item in comparison.talk_about]
        if talk:
            talk.append(sentences.talk_threshold_sentence(comparison))
        agreement = rater_sentences.agreement_sentences(comparison)
        parts = [
            _paragraph("Who can be told apart", sentences.ties(comparison)),
            _paragraph("Must-haves", sentences.must_have_sentences(comparison)),
            _paragraph("What would change who is first", order_sentences.order(comparison)),
            _paragraph("Caveats", comparison.warnings),
            _paragraph("Withheld", withheld),
            _paragraph("Worth talking about", talk),
            _paragraph("How far interviewers agree", agreement),
            _paragraph("How interviewers rate beside others", rater_sentences.severity(comparison)),
        ]
    return Content("\n").join(block for block in parts if block)


def _paragraph(title: str, lines: Iterable[str]) -> Content:
    body = [Content(line) for line in lines]
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *body] if body else [])
