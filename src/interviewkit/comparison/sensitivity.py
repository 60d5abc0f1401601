"""What would change the order: equal weights, or any one interviewer left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from interviewkit.comparison.means import Ratio, mean, overall
from interviewkit.comparison.tally import Seen

SHOWN = 10  # candidates of another order that are kept

Scored = tuple[Seen, Ratio | None, Sequence[Ratio | None]]  # with overall, and by place in panel
Place = tuple[float, str]  # overall, candidate id


@dataclass(frozen=True, slots=True)
class Alternative:
    """The order by another rule: ``without`` that interviewer, or, when None, equal weights.

    ``first`` are the ids of whoever has the highest overall then, ``order`` those of the first
    ten. ``changed`` says that it is not the same who are first as in the comparison itself.
    """

    without: str | None
    first: tuple[str, ...]
    order: tuple[str, ...]
    changed: bool


def best(candidates: Sequence[Place]) -> tuple[str, ...]:
    """The ids that have the highest overall, sorted."""
    if not candidates:
        return ()
    highest = max(score for score, _ in candidates)
    return tuple(sorted(name for score, name in candidates if score == highest))


def alternatives(
    names: Sequence[str],
    candidates: Sequence[Scored],
    order: Mapping[str, tuple[str, str]],
    weights: Sequence[int],
) -> tuple[Alternative, ...]:
    """Equal weights first, then without each interviewer. ``order`` says how equals are listed.

    Leaving out the only interviewer leaves nobody, so that is not among them.
    """
    scored = [(seen, ratio) for seen, ratio, _ in candidates if ratio]
    now = best([(ratio[0] / ratio[1], seen.candidate.id) for seen, ratio in scored])
    equal = [1] * len(weights)
    by_equal = []
    for seen, _, _ in candidates:
        score, _ = overall(seen.means, equal)
        if score:
            by_equal.append((score[0] / score[1], seen.candidate.id))
    result = [_alternative(None, by_equal, order, now)]
    if len(names) > 1:
        for who, name in enumerate(names):
            left = _without(who, candidates, weights)
            if left:
                result.append(_alternative(name, left, order, now))
    return tuple(result)


def _alternative(
    without: str | None,
    places: Sequence[Place],
    order: Mapping[str, tuple[str, str]],
    now: tuple[str, ...],
) -> Alternative:
    first = best(places)
    top = nsmallest(SHOWN, places, key=lambda place: (-place[0], order[place[1]]))
    return Alternative(without, first, tuple(name for _, name in top), first != now)


def _without(who: int, candidates: Sequence[Scored], weights: Sequence[int]) -> list[Place]:
    result = []
    for seen, score, each in candidates:
        left = _left(seen, score, each, who, weights) if who in seen.panel else score
        if left:
            result.append((left[0] / left[1], seen.candidate.id))
    return result


def _left(
    seen: Seen,
    score: Ratio | None,
    each: Sequence[Ratio | None],
    who: int,
    weights: Sequence[int],
) -> Ratio | None:
    """A candidate's overall without one interviewer."""
    place, size = seen.panel.index(who), len(seen.panel)
    own = each[place]
    if score and own and size > 1 and all(None not in row for row in seen.scores):
        # Without gaps the overall is the mean over the panel, so one of them is taken out of it.
        (above, below), (own_above, own_below) = score, own
        return size * above * own_below - own_above * below, below * own_below * (size - 1)
    means = []
    for row in seen.scores:
        there = [one for at, one in enumerate(row) if one and at != place]
        means.append(mean(there) if there else None)
    return overall(means, weights)[0]
