import pytest

from interviewkit.comparison.noise import noise


def test_noise_is_pooled_over_candidates_by_degrees_of_freedom() -> None:
    pooled = noise([[4.5, 3.0], [3.0, 4.5], [2.0, 3.0, 4.0], [5.0], []])
    # (1.125 + 1.125 + 2) / (1 + 1 + 2)
    assert pooled.spread == pytest.approx((4.25 / 4) ** 0.5)
    assert (pooled.degrees, pooled.candidates, pooled.why) == (4, 3, "")


def test_two_candidates_or_one_interviewer_are_too_few() -> None:
    assert noise([[4.0, 3.0], [2.0, 3.0]]).why == "too few to tell (n=2)"
    assert noise([[4.0]] * 9).spread is None
