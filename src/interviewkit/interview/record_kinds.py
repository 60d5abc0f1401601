"""Records of different kinds are never equal, however alike their fields.

A named tuple equals any tuple of the same values: without this the grammar's ``Write("3")`` equals
its ``Doubt("3")``, and a test or a set takes one for the other. A module does it to all its classes
in one call at its end, because a named tuple can have no base class of ours, and a frozen dataclass
takes too long to make before the first screen.
"""

from collections.abc import Mapping


def _is_equal(record: tuple[object, ...], other: object) -> bool:
    # A bare tuple stays comparable: rows from a table are one.
    if type(other) is not type(record) and type(other) is not tuple:
        return False
    return tuple.__eq__(record, other)


def _is_unequal(record: tuple[object, ...], other: object) -> bool:
    return not _is_equal(record, other)


# A class that brings an equality of its own loses its hash; values stay keys and members of sets.
_METHODS = {"__eq__": _is_equal, "__ne__": _is_unequal, "__hash__": tuple.__hash__}


def tell_kinds_apart(namespace: Mapping[str, object]) -> None:
    """Let each named tuple that a module defines equal only its own kind, or a bare tuple.

    ``namespace`` is the module's ``globals()``, at its end.
    """
    for kind in namespace.values():
        is_tuple = isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
        if is_tuple and kind.__module__ == namespace["__name__"]:
            for name, method in _METHODS.items():
                setattr(kind, name, method)
