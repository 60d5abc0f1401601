"""A bank by its competencies, with their questions and probes, and its kits."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text
from textual.binding import Binding
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from interviewkit.banks.model import Bank, Question
from interviewkit.banks.text.paths import Address
from interviewkit.errors import Finding
from interviewkit.tui.widgets.badges import level_counts
from interviewkit.visible_text import visible_line
from interviewkit.workflows.bank_editor import BankSnapshot

HEAD: Address = ()
KITS: Address = ("kits",)
Node = TreeNode[Address]
_DEEPEST = 3  # levels


class _Line(NamedTuple):
    """A thing of a bank, below the one ``around`` it."""

    text: str
    address: Address
    around: Address = HEAD
    style: str = ""
    is_branch: bool = False
    is_open: bool = False


class Outline(Tree[Address]):
    """The data of a node is its address. What is open, and the cursor, stay where they were.

    Probes are put in only where a question is opened: a bank may have two thousand questions.
    """

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    BINDINGS = [
        Binding("left", "close", "Close", id="outline.close", show=False),
        Binding("right", "open", "Open", id="outline.open", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("", HEAD, id="outline")
        self.show_root = False
        self.show_guides = False
        self.guide_depth = 2
        self.auto_expand = False
        self._snapshot: BankSnapshot | None = None
        self._counts: dict[Address, list[Finding]] = {}
        self._opened: dict[Address, bool] = {}
        self._node_at: dict[Address, Node] = {}
        self._labels: dict[Address, tuple[str, list[tuple[str, str]]]] = {}
        self._shape: list[tuple[Address, Address, bool]] = []

    @property
    def address(self) -> Address:
        """What the cursor is on; the bank as a whole when it is nowhere."""
        node = self.cursor_node
        return node.data if node is not None and node.data is not None else HEAD

    def show(self, snapshot: BankSnapshot, cursor: Address | None = None) -> None:
        """Show the bank as it stands now, the cursor on ``cursor`` or where it was."""
        target = self.address if cursor is None else cursor
        for address, node in self._node_at.items():
            if node.allow_expand:
                self._opened[address] = node.is_expanded
        self._snapshot = snapshot
        self._counts = _by_thing(snapshot)
        self._fill(list(_lines(snapshot.bank)) if snapshot.bank else [])
        self.go(target)

    def go(self, address: Address) -> None:
        """The cursor on the thing at ``address``, or on the nearest thing around it."""
        question = self._node_at.get(address[:2]) if len(address) > 2 else None
        if question is not None:
            question.expand()
            self._put_probes(question)
        for length in range(len(address), -1, -1):
            node = self._node_at.get(address[:length])
            if node is not None:
                for around in _around(node):
                    if not around.is_expanded:
                        around.expand()
                _ = self.last_line  # a node knows its line only once the lines were counted
                self.move_cursor(node)
                self.scroll_to_node(node, animate=False)
                return

    def go_to_next_finding(self) -> bool:
        """The cursor on the next thing something is found about, round and round; False if none."""
        things = list(self._node_at)
        if not self._counts:
            return False
        start = things.index(self.address[:2]) if self.address[:2] in things else 0
        for thing in [*things[start + 1 :], *things[: start + 1]]:
            if thing in self._counts:
                self.go(thing)
                return True
        return False

    def action_open(self) -> None:
        """Open what is below the cursor, or step into it."""
        node = self.cursor_node
        if node is not None and node.allow_expand and not node.is_expanded:
            node.expand()
        else:
            self.action_cursor_down()

    def action_close(self) -> None:
        """Close what is below the cursor, or step out to what is around it."""
        node = self.cursor_node
        if node is not None and node.allow_expand and node.is_expanded:
            node.collapse()
        else:
            self.action_cursor_parent()

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Address]) -> None:
        """Put in a question's probes."""
        self._put_probes(event.node)

    def _fill(self, lines: Sequence[_Line]) -> None:
        """Put in these lines; where they are the same things as before, only their labels."""
        shape = [(line.address, line.around, line.is_branch) for line in lines]
        if shape == self._shape and self._has_same_probes():
            for line in (*lines, *self._opened_probe_lines()):
                self._relabel(self._node_at[line.address], line)
            return
        self.clear()
        self._shape, self._node_at, self._labels = shape, {}, {}
        for line in lines:
            self._put(self.root if line.around == HEAD else self._node_at[line.around], line)
        self.root.expand()

    def _has_same_probes(self) -> bool:
        """Whether the probes that are put in are those of the bank, in its order."""
        children = [child.data for node in self._opened_questions() for child in node.children]
        return children == [line.address for line in self._opened_probe_lines()]

    def _opened_probe_lines(self) -> list[_Line]:
        return [
            line
            for node in self._opened_questions()
            for line in _probe_lines(self._snapshot, node.data or HEAD)
        ]

    def _opened_questions(self) -> list[Node]:
        """Those whose probes are put in."""
        return [
            node
            for address, node in self._node_at.items()
            if address[:1] == ("questions",) and node.children
        ]

    def _put_probes(self, node: Node) -> None:
        if not node.children:
            for line in _probe_lines(self._snapshot, node.data or HEAD):
                self._put(node, line)

    def _put(self, parent: Node, line: _Line) -> None:
        marks = level_counts(self._counts.get(line.address, []))
        label = self._label(line, marks)
        self._labels[line.address] = (line.text, marks)
        if not line.is_branch:
            self._node_at[line.address] = parent.add_leaf(label, line.address)
            return
        is_open = self._opened.get(line.address, line.is_open)
        node = parent.add(label, line.address, expand=is_open)
        self._node_at[line.address] = node
        if is_open and line.address[:1] == ("questions",):
            self._put_probes(node)

    def _relabel(self, node: Node, line: _Line) -> None:
        marks = level_counts(self._counts.get(line.address, []))
        if self._labels[line.address] == (line.text, marks):
            return
        self._labels[line.address] = (line.text, marks)
        node.set_label(self._label(line, marks))
        if self.get_label_width(node) + _DEEPEST * self.guide_depth > self.virtual_size.width:
            self.root.expand()  # which has the lines measured again

    def _label(self, line: _Line, marks: Sequence[tuple[str, str]]) -> Text:
        text = Text(visible_line(" ".join(line.text.split())), line.style)
        for count, level_style in marks:
            text.append(f" {count}", self._colour(level_style))
        return text

    def _colour(self, style: str) -> str:
        """A theme's colour for rich's text, which knows no variables."""
        return self.app.theme_variables.get(style.removeprefix("$"), "")


def _lines(bank: Bank) -> Iterator[_Line]:
    """What stands in the outline while no question is opened."""
    yield _Line("The bank", HEAD, HEAD, "bold")
    questions: dict[str, list[Question]] = {}
    for question in bank.questions:
        questions.setdefault(question.competency, []).append(question)
    for competency in bank.competencies:
        address: Address = ("competencies", competency.id)
        yield _Line(competency.name, address, HEAD, "bold", is_branch=True, is_open=True)
        for question in questions.get(competency.id, ()):
            is_branch = bool(question.probes)
            yield _Line(question.id, ("questions", question.id), address, is_branch=is_branch)
    yield _Line("Kits", KITS, HEAD, "bold", is_branch=True, is_open=True)
    for kit in bank.kits:
        yield _Line(f"{kit.name} · {kit.minutes:g} min", ("kits", kit.id), KITS)


def _probe_lines(snapshot: BankSnapshot | None, address: Address) -> Iterator[_Line]:
    bank = snapshot.bank if snapshot else None
    if bank is None or address[:1] != ("questions",):
        return
    for position, probe in enumerate(bank.question(str(address[1])).probes, 1):
        yield _Line(f"?{position} {probe.ask}", (*address, "probes", probe.id), address)


def _around(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _by_thing(snapshot: BankSnapshot) -> dict[Address, list[Finding]]:
    """Findings by the thing in the outline that they are to be seen at."""
    result: dict[Address, list[Finding]] = {}
    for address, finding in snapshot.findings:
        thing: Address = HEAD
        if len(address) > 1 and address[0] in ("questions", "competencies", "kits"):
            thing = address[:2]
        result.setdefault(thing, []).append(finding)
    return result
