"""What a comparison holds: a line for each candidate, and what the order is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviewkit.comparison.agreement import Agreement
from interviewkit.comparison.alignment import CandidateCells
from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.disagreement import Spread, Usual, talk_threshold
from interviewkit.comparison.means import Cell
from interviewkit.comparison.noise import Noise
from interviewkit.comparison.places import Band, Candidacy, Places, are_apart
from interviewkit.comparison.precision import Difference, Precision
from interviewkit.comparison.ratings import Withheld
from interviewkit.comparison.reliability import Reliability
from interviewkit.comparison.sensitivity import AdjustedOrder, Alternative, WeightRange
from interviewkit.comparison.variance_components import VarianceComponents
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.interview.records import Recommendation, Role


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """One candidate's line. ``overall`` is None when nothing with a weight was assessed.

    ``standard_error`` is that of ``overall`` had other people seen the candidate,
    ``error_in_round`` against the others of this round, which is the ± on screen. ``place`` is the
    first and the last place, from 1, that the candidate may have in the order as a whole;
    ``bands`` the numbers, from 0, of the first and last band, and ``tied_with_first`` whether the
    difference to the first is too small to tell; ``probability_above_next`` how likely the
    candidate truly is above the next in the list; ``shrunken`` the overall drawn towards the mean
    of all by how little is known of it. Each is None where that cannot be told. A candidate
    assessed on less than half of the weight (``is_placed`` False) stands below the others and has
    no place, unless nobody was assessed on more. ``by_interviewer`` are overall scores by name,
    ``interviews`` counts scorecards, ``cells`` has every competency.
    """

    id: str
    name: str
    overall: float | None
    standard_error: float | None
    error_in_round: float | None
    is_placed: bool
    place: tuple[int, int] | None
    bands: tuple[int, int] | None
    tied_with_first: bool | None
    probability_above_next: float | None
    shrunken: float | None
    coverage: float
    interviews: int
    interviewers: tuple[str, ...]
    by_interviewer: Mapping[str, float]
    recommendations: Mapping[Recommendation, int]
    cells: CandidateCells


def is_unmet(cell: Cell, competency: CompetencyWeight) -> bool:
    """Whether a mean is below what a must-have asks for; what nobody assessed is not unmet."""
    return competency.least is not None and cell.mean is not None and cell.mean < competency.least


@dataclass(frozen=True, slots=True)
class Comparison:
    """What recruiters look at.

    ``candidates`` by overall, then name, those assessed on too little after the others; the order
    claims no rank. ``places`` say who can be told apart; its bands count along ``candidates``.
    ``first`` are the ids of anyone who has the highest overall; ``alternatives`` say who would have
    it with equal weights and without each interviewer, ``adjusted`` with severity taken off,
    ``ranges`` how far each weight may move. ``talk_about`` has the widest spread first.
    ``same_panel`` says that each interviewer counts the same in every overall, so that severity
    cancels. ``agreement`` is on the overall score, ``agreement_on`` by competency id.
    """

    role: Role
    scale: tuple[int, ...]
    competencies: tuple[CompetencyWeight, ...]
    candidates: tuple[CandidateResult, ...]
    components: VarianceComponents
    reliability: Reliability
    noise: Noise
    places: Places
    first: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    adjusted: AdjustedOrder | None
    ranges: tuple[WeightRange, ...]
    agreement: Agreement
    agreement_on: Mapping[str, Agreement]
    severity: tuple[Severity, ...]
    withheld: tuple[Withheld, ...]
    usual: Usual
    talk_about: tuple[Spread, ...]
    warnings: tuple[str, ...]
    same_panel: bool
    _precision: Precision = field(compare=False, repr=False)
    _candidacies: Mapping[str, Candidacy] = field(compare=False, repr=False)

    @property
    def scorecards(self) -> int:
        """How many scorecards the numbers rest on."""
        return sum(candidate.interviews for candidate in self.candidates)

    @property
    def bands(self) -> tuple[Band, ...]:
        """Who is tied by the rule for two, in falling order."""
        return self.places.bands

    @property
    def is_silent(self) -> bool:
        """Whether nobody rated the same as anybody else, so that no error can be known."""
        return not self.components.within

    @property
    def placed_count(self) -> int:
        """How many candidates were assessed on enough to be placed."""
        return sum(candidate.is_placed for candidate in self.candidates)

    @property
    def must_haves(self) -> tuple[CompetencyWeight, ...]:
        """The competencies on which the kit asks for a least mean."""
        return tuple(item for item in self.competencies if item.least is not None)

    @property
    def talk_from(self) -> float:
        """From how many points between two interviewers an answer is worth talking about."""
        return talk_threshold(2, self.usual.answers)

    def difference(self, candidate: CandidateResult, rival: CandidateResult) -> Difference | None:
        """One overall minus another; None where there is none, or no error can be known."""
        upper, lower = (self._candidacies.get(item.id) for item in (candidate, rival))
        if upper is None or lower is None or self.is_silent:
            return None
        return self._precision.difference(upper.terms, upper.score, lower.terms, lower.score)

    def are_tied(self, candidate: CandidateResult, rival: CandidateResult) -> bool | None:
        """Whether two asked about by name cannot be told apart; None when too few to tell."""
        difference = self.difference(candidate, rival)
        apart = are_apart(difference) if difference else None
        return None if apart is None else not apart

    def probability_above(self, candidate: CandidateResult, rival: CandidateResult) -> float | None:
        """How likely the first truly is above the second; None when too few to tell."""
        difference = self.difference(candidate, rival)
        if difference is None or not difference.is_tellable:
            return None
        return self.reliability.probability_above(difference)

    def cell_error(self, n: int) -> float | None:
        """The standard error of a competency's mean over ``n``, had other people rated it."""
        if not n or self.is_silent:
            return None
        return self._precision.cell(n).standard_error
