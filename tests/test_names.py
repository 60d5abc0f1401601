"""A name says what the thing is: measured over the program, with the places where it does not.

Three habits made this code hard to enter: values called by a pronoun (``one``, ``found``),
functions called by a participle alone (``settled``, ``put``), and one name for several things. Each
has a bound here. ``pytest -s tests/test_names.py`` prints the figures.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[1] / "src" / "interviewkit"
MOST = 0.02  # of all bindings, and of all functions
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

# They point at something without saying what it is.
_POINTERS = """
one other others another each every everything it them these those this that same more rest
what when where who whom whose why here there now first last near far part place thing things stuff
before after above below under behind word words number numbers
"""
# They say what was done to it.
_DONE_TO = """
found said kept seen made taken told shown left held given wanted known drawn own put
"""
# Participles that do not end in -ed. Those that are also a plain verb (read, set, cut) stay out.
_IRREGULAR = """
begun built chosen done drawn found given gone grown held hidden kept known laid made met paid put
said seen sent shown spoken struck taken thrown told undone withheld won worn written
"""
VAGUE = frozenset((_POINTERS + _DONE_TO).split())
IRREGULAR = frozenset(_IRREGULAR.split())
# They end like a participle and are none.
NOUNS_AND_VERBS = frozenset({"embed", "exceed", "feed", "need", "proceed", "seed", "speed"})


class Place(NamedTuple):
    """Where a name is given."""

    path: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(SOURCE)}:{self.line} {self.name}"


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def bindings(path: Path, tree: ast.Module) -> Iterator[Place]:
    """Parameters and all that is assigned to, loops and fields included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield Place(path, node.lineno, node.id)
        elif isinstance(node, ast.arg):
            yield Place(path, node.lineno, node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield Place(path, node.lineno, node.name)


def functions(path: Path, tree: ast.Module) -> Iterator[Place]:
    for node in ast.walk(tree):
        if isinstance(node, DEFINITIONS[1:]):
            yield Place(path, node.lineno, node.name)


def is_lone_participle(name: str) -> bool:
    word = name.strip("_")
    if "_" in word or word in NOUNS_AND_VERBS:
        return False
    return word in IRREGULAR or (word.endswith("ed") and len(word) > 3)


def report(title: str, places: list[Place], total: int) -> str:
    share = len(places) / total
    lines = "\n".join(f"  {place}" for place in places)
    return f"{title}: {len(places)} of {total}, {share:.1%} (bound {MOST:.0%})\n{lines}"


def test_few_values_are_named_by_a_word_that_only_points() -> None:
    places = [place for path, tree in modules() for place in bindings(path, tree)]
    vague = [place for place in places if place.name.strip("_") in VAGUE]
    figures = report("bindings that only point", vague, len(places))
    print(figures.partition("\n")[0])
    assert len(vague) < MOST * len(places), figures


def test_few_functions_are_named_by_a_participle_alone() -> None:
    places = [place for path, tree in modules() for place in functions(path, tree)]
    lone = [place for place in places if is_lone_participle(place.name)]
    figures = report("functions named by a participle alone", lone, len(places))
    print(figures.partition("\n")[0])
    assert len(lone) < MOST * len(places), figures


def test_no_module_is_named_by_a_bare_ing_or_ed() -> None:
    """The whole stem counts: ``name_detection`` is fine, ``detecting`` is not."""
    bare = [
        str(path.relative_to(SOURCE))
        for path, _ in modules()
        if "_" not in path.stem.strip("_") and path.stem.endswith(("ing", "ed"))
    ]
    assert bare == []


def test_a_public_name_stands_in_one_module_only() -> None:
    definitions: dict[str, list[Place]] = defaultdict(list)
    for path, tree in modules():
        for node in tree.body:
            if isinstance(node, DEFINITIONS) and not node.name.startswith("_"):
                definitions[node.name].append(Place(path, node.lineno, node.name))
    repeated = [
        ", ".join(map(str, places))
        for _, places in sorted(definitions.items())
        if len({place.path for place in places}) > 1
    ]
    print(f"public names: {len(definitions)}, in two modules: {len(repeated)}")
    assert repeated == []


def test_the_measure_itself_tells_the_two_apart() -> None:
    tree = ast.parse("def settled(one, scorecard):\n    for found in scorecard: pass\n")
    path = SOURCE / "example.py"
    assert [place.name for place in bindings(path, tree) if place.name in VAGUE] == [
        "one",
        "found",
    ]
    assert [is_lone_participle(name) for name in ("_put", "settled", "settle", "put_value")] == [
        True,
        True,
        False,
        False,
    ]
