"""One part of a bank, whole, to read: each line with what is found about it just below."""

from collections.abc import Callable, Iterable, Mapping

from interviewkit.banks.elements import LABELS
from interviewkit.banks.finding_locations import within
from interviewkit.banks.model import Bank, Competency, Kit, Page, Probe, Question
from interviewkit.banks.text.paths import Address
from interviewkit.errors import Finding
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.badges import elements_bar, finding_line, level_counts
from interviewkit.tui.widgets.text_layout import hang
from interviewkit.workflows.bank_editor import BankEditor, BankSnapshot

KINDS = {
    "past_behaviour": "past behaviour",
    "situational": "situational",
    "background": "background",
    "role_play": "role play",
}


def heading_text(editor: BankEditor, busy: str, width: int) -> Content:
    """The bank in one line: its title, whose it is, what is found, and whether it is saved."""
    title = editor.snapshot.bank.title if editor.snapshot.bank else editor.path.name
    origin = "comes with interviewkit" if editor.shipped else "your own"
    counts = level_counts([finding for _, finding in editor.snapshot.findings])
    badges = Content(" ").join(Content.styled(*badge) for badge in counts) if counts else "clean"
    heading = Content.assemble((title, "bold"), f" · {origin} · ", badges)
    right = Content.styled(busy, "$muted") if busy else _state(editor)
    title_cells = heading.truncate(max(0, width - right.cell_length - 1), ellipsis=True, pad=True)
    return Content.assemble(title_cells, " ", right)


def _state(editor: BankEditor) -> Content:
    if editor.shipped:
        return Content("")
    if not editor.is_changed:
        return Content.styled("saved ●", "$muted")
    text = "not kept, not saved" if editor.fault else "kept, not saved"
    return Content.styled(text, "bold $text-warning")


class _Page:
    """Lines as they are put in; a finding is shown once, at the innermost thing that is."""

    def __init__(self, snapshot: BankSnapshot, thing: Address, width: int) -> None:
        self._open = {
            id(finding): (at, finding) for at, finding in snapshot.findings if _belongs(at, thing)
        }
        self._thing = thing
        self._width = width
        self._lines: list[Content] = []

    def put(self, head: Content | str, body: Content | str = "", about: Address = ()) -> None:
        """``body`` hangs beside ``head``; ``about``, within the thing, is what it shows."""
        head_content = Content(head) if isinstance(head, str) else head
        body_content = Content(body) if isinstance(body, str) else body
        self._lines.append(hang(head_content, body_content, self._width))
        if about:
            self._lines += self._take_findings((*self._thing, *about))

    def put_bar(self, probes: Iterable[Probe]) -> None:
        """Add a bar of what these probes elicit."""
        self._lines.append(elements_bar(probes, self._width))

    def section(self, title: str, about: Address = ()) -> None:
        """A title above what follows, after an empty line."""
        self._lines.append(Content(""))
        self.put(Content.styled(title, "bold $text-primary"), about=about)

    def whole(self, heading: Content) -> Content:
        """The heading, what is about the thing as a whole, then the lines."""
        finding_lines = self._take_findings(self._thing)
        return Content("\n").join([heading, *finding_lines, *self._lines])

    def _take_findings(self, about: Address) -> list[Content]:
        mine: list[tuple[int, Finding]] = [
            (key, finding) for key, (at, finding) in self._open.items() if within(at, about)
        ]
        for key, _ in mine:
            del self._open[key]
        return [hang(Content("  "), finding_line(finding), self._width) for _, finding in mine]


def _belongs(at: Address, thing: Address) -> bool:
    """Whether it is told at ``thing``: the bank's own page leaves to its parts what is theirs."""
    if len(thing) < 2:
        return len(at) < 2 or at[0] not in ("competencies", "questions", "kits")
    return within(at, thing)


def part_text(snapshot: BankSnapshot, address: Address, width: int) -> Content:
    """The thing at ``address``, to be read in ``width`` cells."""
    bank = snapshot.bank
    if bank is None:
        return _unusable(snapshot, width)
    page = _Page(snapshot, address, width)
    writer = _WRITERS.get(str(address[0]) if address else "", _bank)
    content = writer(page, bank, address)
    line = snapshot.line(address)
    inherited = address and line is None and address[:1] != ("kits",)
    location = f" · line {line}" if line else " · from the bank it extends" if inherited else ""
    return page.whole(Content.assemble((content, "bold $text-primary"), (location, "$muted")))


def _unusable(snapshot: BankSnapshot, width: int) -> Content:
    head = Content.styled("This bank cannot be used until these are fixed:", "bold")
    lines = [hang(Content("  "), finding_line(finding), width) for _, finding in snapshot.findings]
    hint = "Fix them in a text editor, then press F5 to read the file again."
    return Content("\n").join([head, Content(""), *lines, Content(""), Content(hint)])


def _bank(page: _Page, bank: Bank, address: Address) -> str:
    if address == ("kits",):
        for kit in bank.kits:
            questions = count_noun(len(kit.questions), "question")
            page.put(f"  {kit.name} ", f"{kit.minutes:g} min, {questions}")
        return count_noun(len(bank.kits), "kit")
    page.put(bank.about, about=("about",))
    page.section("Head")
    for name, value in (
        ("id", bank.id),
        ("title", bank.title),
        ("language", bank.language),
        ("version", bank.version),
        ("authors", ", ".join(bank.authors) or "none given"),
        ("licence", bank.licence or "none given"),
        ("jurisdictions", ", ".join(bank.jurisdictions) or "none given"),
    ):
        page.put(Content.styled(f"  {name:<14}", "$muted"), value, (name,))
    if bank.scale:
        page.section("Scale", ("scale",))
        for point, name in bank.scale.items():
            page.put(f"  {point} ", name, ("scale", point))
    page.section("What its probes elicit")
    page.put_bar(probe for question in bank.questions for probe in question.probes)
    probes = sum(len(question.probes) for question in bank.questions)
    page.section("In it")
    counts = f"{len(bank.competencies)} competencies, {len(bank.questions)} questions, "
    page.put(f"  {counts}{probes} probes, {len(bank.kits)} kits")
    return bank.title


def _competency(page: _Page, bank: Bank, address: Address) -> str:
    competency: Competency = bank.competency(str(address[1]))
    page.put(competency.about, about=("about",))
    page.section("Anchors", ("anchors",)) if not competency.anchors else page.section("Anchors")
    _anchors(page, competency.anchors, bank)
    questions = [question for question in bank.questions if question.competency == competency.id]
    page.section(f"Questions · {len(questions)}")
    for question in questions:
        page.put(f"  {question.id}  ", Content.styled(question.ask, "$muted"))
    page.section("What their probes elicit")
    page.put_bar(probe for question in questions for probe in question.probes)
    return competency.name


def _question(page: _Page, bank: Bank, address: Address) -> str:
    question: Question = bank.question(str(address[1]))
    if len(address) > 3:
        return _probe(page, question, str(address[3]))
    page.put(Content.styled(question.ask, "bold"), about=("ask",))
    name = bank.competency(question.competency).name
    page.put(Content.styled(f"{KINDS[question.kind]} · {name}", "$muted"), about=("kind",))
    _role_play(page, question)
    page.section(f"Probes · {len(question.probes)}")
    for position, probe in enumerate(question.probes, 1):
        elicits = ", ".join(LABELS[element] for element in probe.elicits)
        ask = Content.assemble(probe.ask, (f"  {elicits}", "$muted"))
        page.put(Content.styled(f"?{position} ", "bold $text-accent"), ask, ("probes", probe.id))
    if not question.role_play:
        page.section("What they elicit")
        page.put_bar(question.probes)
    for title, field, points in (
        ("Listen for", "listen_for", question.listen_for),
        ("Watch for", "watch_for", question.watch_for),
    ):
        if points:
            page.section(title)
            for position, point in enumerate(points):
                page.put("  • ", point, (field, position))
    page.section("Own anchors" if question.anchors else f"Anchors of {name}")
    _anchors(page, bank.anchors(question), bank)
    return question.id


def _role_play(page: _Page, question: Question) -> None:
    play = question.role_play
    if play:
        page.section(f"Role play · {play.minutes:g} min", ("role_play", "minutes"))
        for title, field in (
            ("For the candidate", "candidate_brief"),
            ("You play", "interviewer_plays"),
            ("You know", "interviewer_brief"),
        ):
            page.put(
                Content.styled(f"  {title:<18}", "$muted"),
                getattr(play, field),
                ("role_play", field),
            )


def _probe(page: _Page, question: Question, probe_id: str) -> str:
    probe: Probe = next(candidate for candidate in question.probes if candidate.id == probe_id)
    page.put(Content.styled(probe.ask, "bold"), about=("ask",))
    page.put("elicits ", ", ".join(LABELS[candidate] for candidate in probe.elicits), ("elicits",))
    page.section("Asked after")
    page.put(Content.styled(question.ask, "$muted"))
    page.section("What all probes of this question elicit")
    page.put_bar(question.probes)
    return f"{question.id} / {probe.id}"


def _kit(page: _Page, bank: Bank, address: Address) -> str:
    if len(address) < 2:
        return _bank(page, bank, address)
    kit: Kit = bank.kit(str(address[1]))
    planned = kit_minutes(kit)
    page.put(f"{planned:g} of {kit.minutes:g} minutes planned", about=("minutes",))
    page.section("Order")
    _words(page, "opening", kit.opening)
    for position, entry in enumerate(kit.questions, 1):
        ask = bank.question(entry.question).ask
        head = Content.assemble((f"{position:>2} ", "bold"), f"{entry.minutes:>4g} min  ")
        content = Content.assemble(entry.question, (f"  {ask}", "$muted"))
        page.put(head, content, ("questions", entry.question))
    _words(page, "closing", kit.closing)
    covered = [bank.question(entry.question).competency for entry in kit.questions]
    page.section("Competencies and weights")
    for competency in bank.competencies:
        count = covered.count(competency.id)
        style = "" if count else "$muted"
        page.put(
            Content.styled(f"  {competency.name}  ", style),
            _weighed(kit, competency.id, count),
            ("weights", competency.id),
        )
    if kit.panel:
        page.section("Panel", ("panel",))
        for seat in kit.panel:
            page.put(
                f"  {seat.seat}: ",
                ", ".join(bank.competency(competency).name for competency in seat.focus),
            )
    return kit.name


def _weighed(kit: Kit, competency: str, count: int) -> str:
    """How many questions of a kit are about a competency, and what is said of it there."""
    if not count:
        return "not in this kit"
    weight, least = kit.weights.get(competency, 1), kit.must_have.get(competency)
    parts = [count_noun(count, "question")]
    parts += [f"weight {weight:g}"] if weight != 1 else []
    parts += [f"must have at least {least:g}"] if least is not None else []
    return ", ".join(parts)


def kit_minutes(kit: Kit) -> float:
    """The minutes planned for its pages and questions."""
    pages = [page.minutes for page in (kit.opening, kit.closing) if page]
    return sum(pages) + sum(entry.minutes for entry in kit.questions)


def _words(page: _Page, name: str, opening: Page | None) -> None:
    if opening:
        head = Content.assemble("   ", f"{opening.minutes:>4g} min  ")
        page.put(head, Content.assemble(name, (f"  {opening.say}", "$muted")), (name,))


def _anchors(page: _Page, anchors: Mapping[int, str], bank: Bank) -> None:
    names = bank.scale or {}
    for rating, text in anchors.items():
        name = f"{names[rating]}: " if rating in names else ""
        page.put(Content.styled(f"  {rating} ", "bold"), name + text, ("anchors", rating))


_WRITERS: dict[str, Callable[[_Page, Bank, Address], str]] = {
    "competencies": _competency,
    "questions": _question,
    "kits": _kit,
}
