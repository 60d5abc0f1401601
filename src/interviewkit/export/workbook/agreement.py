"""How sure one may be: agreement, ties, severity, what would change the order, wide spreads."""

from interviewkit.comparison import sentences
from interviewkit.comparison.agreement import Agreement
from interviewkit.comparison.estimate import Estimate, signed
from interviewkit.comparison.results import Comparison
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.contents import Contents
from interviewkit.export.workbook.paper import Book, Sheet

# Where single words begin; Cicchetti (1994) for clinical ratings, taken as a habit of speech only.
_SPOKEN = ((0.75, "high"), (0.6, "good"), (0.4, "fair"), (-2.0, "low"))


def add(book: Book, contents: Contents) -> None:
    """Write the sheet."""
    comparison = contents.comparison
    sheet = book.sheet(book.claim("Agreement"), (34, 34, 34, 34), freeze="A2", repeat="1:1")
    sheet.title("Agreement")
    sheet.paragraph(
        "Worked out with the weights as exported. None of it changes a rating; it says how much "
        "weight a difference can bear."
    )
    _agreement(sheet, comparison)
    _ties(sheet, comparison)
    _order(sheet, comparison)
    _severity(sheet, comparison)
    sheet.section("Worth talking about")
    for item in comparison.talk_about:
        sheet.paragraph(sentences.spread(item))
    if not comparison.talk_about:
        sheet.paragraph("No two interviewers are two points or more apart on anything.")


def _agreement(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("Do interviewers agree on how candidates differ?")
    sheet.paragraph(reading(comparison))
    sheet.heads(["On", "One interviewer", "The panel's mean", "Single answers (Krippendorff's α)"])
    names = {item.id: item.name for item in comparison.competencies}
    rows = [("Overall", comparison.agreement)]
    rows += [(names[key], found) for key, found in comparison.agreement_on.items()]
    for name, found in rows:
        texts = [name, _words(found.single, found), found.panel.words, found.alpha.words]
        lines = max(theme.lines_of(text, 32) for text in texts)
        first, *others = texts
        sheet.write(
            [sheet.text(first, theme.STRONG_TEXT), *(sheet.text(text) for text in others)],
            theme.height_of(lines, 18),
        )
    sheet.paragraph(
        "ICC(2) where the same interviewers saw every candidate, else ICC(1). 1 is full agreement, "
        "0 none beyond chance. The interval says where the true value lies with 95 % confidence."
    )


def _words(found: Estimate, agreement: Agreement) -> str:
    return found.words if found.value is None else f"{agreement.form} {found.words}"


def reading(comparison: Comparison) -> str:
    """The agreement on the overall score in a sentence."""
    panel = comparison.agreement.panel
    if panel.value is None:
        return f"The panels' agreement on the overall score: {panel.why}."
    word = next(word for least, word in _SPOKEN if panel.value >= least)
    wide = panel.low is None or panel.high is None or panel.high - panel.low > 0.5
    doubt = " The interval is wide, so take the word with care." if wide else ""
    return f"The panels' mean orders the candidates with {word} reliability.{doubt}"


def _ties(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("Who can be told apart?")
    for line in sentences.ties(comparison):
        sheet.paragraph(line)


def _order(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("What would change who is first?")
    names = {one.id: one.name for one in comparison.candidates}
    sheet.heads(["If", "first would be"])
    for other in comparison.alternatives:
        rule = "all weights were equal" if other.without is None else f"{other.without} is left out"
        first = " and ".join(names[key] for key in other.first[:6]) or "nobody"
        same = first if other.changed else f"{first}, as now"
        lines = max(theme.lines_of(rule, 32), theme.lines_of(same, 32))
        sheet.write([sheet.text(rule), sheet.text(same)], theme.height_of(lines, 18))


def _severity(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("Do interviewers use the scale alike?")
    sheet.paragraph(
        "How far an interviewer's ratings lie above or below those of others for the same answers. "
        "It is shown and never applied."
    )
    sheet.heads(["Interviewer", "Difference", "Answers"])
    for one in comparison.severity:
        if one.difference is None:
            said = "nobody else rated the same answers"
        else:
            said = f"{'+' if one.difference > 0 else ''}{signed(one.difference)}"
        cells = [sheet.text(one.interviewer, theme.STRONG_TEXT), sheet.text(said, theme.CENTRE)]
        cells.append(sheet.number(one.answers, theme.COUNT))
        sheet.write(cells, theme.height_of(theme.lines_of(one.interviewer, 32), 18))
