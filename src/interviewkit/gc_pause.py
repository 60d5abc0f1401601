"""Python's garbage collector, kept from looking through what is being built."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """For work that makes a million things and drops none of them, such as a great comparison or
    the nodes of a large bank: looking through them again and again would take a third of the time,
    and more than in proportion to their number.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
