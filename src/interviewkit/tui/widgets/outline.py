"""A bank by its competencies, with their questions and probes, and its kits."""

from collections.abc import Iterator

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
        self.clear()
        self._node_at = {}
        if snapshot.bank:
            self._fill(snapshot.bank)
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

    def _fill(self, bank: Bank) -> None:
        self._leaf(self.root, "The bank", HEAD, "bold")
        questions: dict[str, list[Question]] = {}
        for question in bank.questions:
            questions.setdefault(question.competency, []).append(question)
        for competency in bank.competencies:
            address: Address = ("competencies", competency.id)
            node = self._branch(self.root, competency.name, address, "bold", is_open=True)
            for question in questions.get(competency.id, ()):
                self._question(node, question)
        kits = self._branch(self.root, "Kits", KITS, "bold", is_open=True)
        for kit in bank.kits:
            self._leaf(kits, f"{kit.name} · {kit.minutes:g} min", ("kits", kit.id))
        self.root.expand()

    def _question(self, parent: Node, question: Question) -> None:
        address: Address = ("questions", question.id)
        if not question.probes:
            self._leaf(parent, question.id, address)
            return
        node = self._branch(parent, question.id, address, is_open=False)
        if node.is_expanded:
            self._put_probes(node)

    def _put_probes(self, node: Node) -> None:
        address, bank = node.data or HEAD, self._snapshot.bank if self._snapshot else None
        if bank is None or address[:1] != ("questions",) or node.children:
            return
        for position, probe in enumerate(bank.question(str(address[1])).probes, 1):
            self._leaf(node, f"?{position} {probe.ask}", (*address, "probes", probe.id))

    def _leaf(self, parent: Node, text: str, address: Address, style: str = "") -> None:
        self._node_at[address] = parent.add_leaf(self._label(text, address, style), address)

    def _branch(
        self, parent: Node, text: str, address: Address, style: str = "", *, is_open: bool
    ) -> Node:
        is_open = self._opened.get(address, is_open)
        node = parent.add(self._label(text, address, style), address, expand=is_open)
        self._node_at[address] = node
        return node

    def _label(self, label: str, address: Address, style: str = "") -> Text:
        text = Text(visible_line(" ".join(label.split())), style)
        for count, level_style in level_counts(self._counts.get(address, [])):
            text.append(f" {count}", self._colour(level_style))
        return text

    def _colour(self, style: str) -> str:
        """A theme's colour for rich's text, which knows no variables."""
        return self.app.theme_variables.get(style.removeprefix("$"), "")


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
