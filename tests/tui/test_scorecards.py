"""Scorecards on screen: one's own can be amended, the original stays in sight."""

from textual.events import Key
from textual.widgets import Input, OptionList, Static

from driving import Running, painted, type_at_once, until
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from interviewkit.tui.screens.amendment_form import AmendScreen
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.widgets.choice import OneLineChoice
from support import begin, complete


async def test_amending_a_rating_keeps_and_shows_the_original(
    store: Store, running: Running
) -> None:
    sealed = complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        pilot.app.screen.query_one(OneLineChoice).focus()
        await pilot.press("2", "ctrl+s")
        assert "An amendment needs a reason." in str(
            pilot.app.screen.query_one("#fault", Static).render()
        )
        await type_at_once(pilot, "Mixed up two stories.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
        assert "2 · not probed · amended, was 4" in rows[1]
        await pilot.press("up", "down")
        text = str(pilot.app.screen.query_one("#text", Static).render())
        assert "amended 2 Mar 2026 09:00: rating 2 · Mixed up two stories." in text
        assert text.startswith("Take me back to a sale where the customer turned out to need")
    assert store._reads.answers(sealed.id)[1].rating == 4


async def test_a_reason_typed_right_behind_tab_is_the_reason(
    store: Store, running: Running
) -> None:
    sealed = complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.focused, OneLineChoice))
        for name in ("0", "tab", "tab"):
            pilot.app.post_message(Key(name, None))
        await type_at_once(pilot, "Heard another story.\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
    (change,) = store._reads.answers(sealed.id)[1].amendments
    assert (change.what, change.value) == ("rating", None)
    assert change.reason == "Heard another story."


async def test_rows_and_the_form_name_the_question_and_an_outcome_can_be_corrected(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.ask("unspoken-need", "how-found", "How did you find out what they needed?", ())
    notebook.rate("unspoken-need", 4)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        rows = [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]
        assert rows[1].startswith("  4 · probed 1, 1 not noted")
        assert "Take me back to a sale" in rows[1]
        assert "unspoken-need" not in painted(pilot)
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        assert "Take me back to a sale" in painted(pilot)
        pilot.app.screen.query_one("#outcome-0", OneLineChoice).focus()
        await pilot.press("1")
        pilot.app.screen.query_one("#reason", Input).focus()
        await type_at_once(pilot, "I had forgotten it.\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        assert "4 · probed 1, 1 new detail" in painted(pilot)
        text = str(pilot.app.screen.query_one("#text", Static).render())
        assert "outcome new detail, of “How did you find out what they needed?”" in text
        await pilot.press("h")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        history = painted(pilot)
    assert "Priya Raman" in history
    assert "rating 4" in history, history
    assert "I had forgotten it." in history


async def test_of_many_probes_the_form_names_the_one_whose_outcome_has_the_focus(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    texts = [f"How did step {step} go?" for step in range(6)]
    for step, text in enumerate(texts):
        notebook.ask("unspoken-need", f"step-{step}", text, ())
        notebook.set_outcome("unspoken-need", f"step-{step}", Outcome.NOTHING_NEW)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        await pilot.press("tab")
        for text in texts:
            await pilot.press("tab")
            assert f"nothing new · {text}" in painted(pilot)
            assert "4 ( ) not noted" in painted(pilot)


async def test_what_is_chosen_as_it_was_is_no_amendment(store: Store, running: Running) -> None:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.ask("unspoken-need", "how-found", "How did you find out what they needed?", ())
    notebook.set_outcome("unspoken-need", "how-found", Outcome.NOTHING_NEW)
    notebook.rate("unspoken-need", 4)
    notebook.recommend(Recommendation.YES)
    notebook.submit()
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        for keys in (["3"], ["4", "tab", "tab", "2"]):  # yes; a 4, and nothing new
            await pilot.press("a")
            await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
            await pilot.press(*keys, "ctrl+s")
            assert "Nothing has changed yet" in painted(pilot)
            await pilot.press("escape", "down")
    (sealed,) = [a for a in store._reads.answers(interview.id) if a.question == "unspoken-need"]
    assert sealed.amendments == ()


async def test_amending_the_recommendation(store: Store, running: Running) -> None:
    sealed = complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AmendScreen))
        pilot.app.screen.query_one(OneLineChoice).focus()
        await pilot.press("2")
        pilot.app.screen.query_one("#reason", Input).focus()
        await type_at_once(pilot, "A referee called.")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
        assert "Priya Raman · no (amended, was yes: A referee called.)" in rows[0]
    assert store._reads.interview(sealed.id).counts is Recommendation.NO


async def test_a_long_note_goes_on_below_its_first_word_at_every_width(
    store: Store, running: Running
) -> None:
    note = "rang the plant manager the same hour and told him what was at risk, then the buyer"
    notes = begin(store)
    store.notebook(notes.id).add_note("unspoken-need", note)
    store.notebook(notes.id).recommend(Recommendation.YES)
    store.notebook(notes.id).submit()
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down")
        await until(pilot, lambda: "\n        then the buyer" in painted(pilot))
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: note in painted(pilot))


async def test_only_its_interviewer_amends_a_scorecard(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScorecardsScreen)
        assert any("Only Tom Becker" in note.message for note in pilot.app._notifications)


async def test_others_scorecards_stay_hidden_until_mine_is_in(
    store: Store, running: Running
) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    begin(store)
    async with running() as pilot:
        await pilot.press("down", "down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        assert pilot.app.screen.query_one(OptionList).option_count == 0
        text = str(pilot.app.screen.query_one("#text", Static).render())
    assert text == "There is no scorecard yet that you may see."


async def test_a_scorecard_is_copied_for_another_system(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("y")
        assert "4 of 5" in pilot.app.clipboard
        await pilot.press("Y")
        assert pilot.app.clipboard.startswith("scorecard,candidate,")
