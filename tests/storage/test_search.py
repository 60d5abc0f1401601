"""What was written is found, whatever is typed; what one may not see is found by nobody."""

import sqlite3
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlite_utils.migrations import Migrations

from interviewkit.interview.people import Person
from interviewkit.interview.records import CLOSING, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.file import database
from interviewkit.storage.schema import migrations
from interviewkit.storage.search import STEP, Hit, match_of
from interviewkit.storage.store import Store
from program import KILL, KILLED
from support import PRIYA, HeldClock, begin, complete, shipped

Q = "unspoken-need"


def hits(store: Store, words: str, viewer: str = "Priya Raman", limit: int = 50) -> list[Hit]:
    list(store.search_index().catch_up())
    return list(store.seen_by(Person("", viewer)).passages().find(words, limit).hits)


def texts(store: Store, words: str, viewer: str = "Priya Raman") -> list[str]:
    return [hit.text for hit in hits(store, words, viewer)]


def note(store: Store, text: str, candidate: str = "Ada Okafor", who: str = "Priya Raman") -> None:
    store.notebook(begin(store, candidate, interviewer=who).id).add_note(Q, text)


class TestFinding:
    @pytest.mark.parametrize(
        "words",
        [
            "pallets",
            "PALLETS",
            "pall",
            "forklift pal",
            '"wet pallets"',
            "zielinski",
            "Zielińs",
            "nineteen, pallets!",
            "  pallets  ",
        ],
    )
    def test_by_words_their_beginnings_and_phrases(self, store: Store, words: str) -> None:
        note(store, "nineteen wet pallets, says Zieliński of the forklift")
        assert len(texts(store, words)) == 1

    @pytest.mark.parametrize(
        "words", ["", "  ", '"', "-", "allets", '"pallets wet"', "pall wood", "pall "]
    )
    def test_what_is_not_there_is_not_found(self, store: Store, words: str) -> None:
        note(store, "nineteen wet pallets")
        assert texts(store, words) == []

    def test_a_hit_says_where_it_stands(self, store: Store) -> None:
        note(store, "nineteen pallets")
        (hit,) = hits(store, "pallets")
        assert (hit.kind, hit.question, hit.candidate, hit.role, hit.interviewer) == (
            "note",
            Q,
            "Ada Okafor",
            "Account executive",
            "Priya Raman",
        )
        assert hit.candidate_id == store.candidate("Ada Okafor").id
        assert hit.at == "2026-03-02T09:00:00.000Z"

    def test_the_newest_comes_first_and_the_limit_is_told(
        self, store: Store, clock: HeldClock
    ) -> None:
        for number in range(5):
            clock.pass_(60)
            note(store, f"pallets {number}")
        assert [hit.text[-1] for hit in hits(store, "pallets")] == ["4", "3", "2", "1", "0"]
        passages = store.seen_by(PRIYA).passages()
        found = passages.find("pallets", limit=2)
        assert ([hit.text[-1] for hit in found.hits], found.is_whole) == (["4", "3"], False)
        assert passages.find("pallets", limit=5).is_whole
        assert passages.find("pallets", most=3).hits == passages.find("pallets", limit=3).hits

    def test_notes_of_the_pages_summaries_reasons_and_amendments(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_note(CLOSING, "asks about quinces")
        notebook.summarise("steady, quinces again")
        notebook.explain("because of the quinces")
        notebook.rate(Q, 3)
        notebook.recommend(Recommendation.YES)
        notebook.submit()
        notebook.amend("note", Q, "quinces by mail", "a mail came", PRIYA)
        notebook.amend("rating", Q, "4", "quinces were mixed up", PRIYA)
        found = hits(store, "quinces")
        assert sorted((hit.kind, hit.question, hit.text) for hit in found) == [
            ("amendment", Q, "quinces by mail a mail came"),
            ("amendment", Q, "quinces were mixed up"),
            ("note", CLOSING, "asks about quinces"),
            ("summary", "", "steady, quinces again\nbecause of the quinces"),
        ]

    def test_a_question_leads_to_the_newest_scorecard_in_which_it_was_asked(
        self, store: Store, clock: HeldClock
    ) -> None:
        complete(store, {Q: 3}, "Ada Okafor")
        clock.pass_(60)
        complete(store, {Q: 3}, "Bo Lind")
        ask = shipped().bank.question(Q).ask
        (hit,) = [one for one in hits(store, f'"{ask}"') if one.kind == "question"]
        assert (hit.candidate, hit.question, hit.text) == ("Bo Lind", Q, ask)

    def test_an_edited_note_is_found_as_it_is_now_and_one_taken_away_is_not(
        self, store: Store
    ) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_note(Q, "the marmalade account")
        assert len(texts(store, "marmalade")) == 1
        notebook.edit_note(Q, notebook.answer(Q).notes[0].id, "the treacle account")
        assert texts(store, "marmalade") == []
        assert texts(store, "treacle") == ["the treacle account"]
        notebook.undo()
        assert (texts(store, "treacle"), len(texts(store, "marmalade"))) == ([], 1)
        notebook.undo()
        assert texts(store, "account") == []
        store._connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")

    def test_what_came_in_by_import_is_found(self, store: Store, clock: HeldClock) -> None:
        from interviewkit.exchange.jsonl import export_lines, read_lines

        complete(store, {Q: 3}, "Ada Okafor")
        door = store._exchange()
        lines = list(export_lines(store.banks_used(), door.sealed_scorecards(), door.document))
        with Store(store.path.with_name("other.db"), clock) as other:
            other.import_documents(read_lines("file", lines))
            assert texts(other, "okafor said") == [f"what Ada Okafor said of {Q}"]

    def test_what_an_older_program_wrote_is_found(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file with the first tables alone, as the first version made it."""
        path = tmp_path / "old.db"
        first = Migrations("interviewkit")
        first()(migrations.m001_records)
        with monkeypatch.context() as old:
            old.setattr(migrations, "migrations", first)
            old.setattr(database, "VERSION", 1)
            connection = database.open_database(path)
        file, at = shipped(), "2026-03-02T09:00:00.000Z"
        for table, values in (
            ("role", ("r", "Account executive", at)),
            ("candidate", ("c", "Ada Okafor", at)),
            ("bank", (file.sha256, file.bank.id, file.text)),
        ):
            connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?)", values)
        connection.execute(
            "INSERT INTO interview (id, role_id, candidate_id, interviewer, bank_id, bank_sha256, "
            "kit, started_at, touched_at, page, summary) "
            "VALUES ('i', 'r', 'c', 'Priya Raman', ?, ?, 'first-45', ?, ?, ?, 'likes quinces')",
            (file.bank.id, file.sha256, at, at, Q),
        )
        connection.execute(
            "INSERT INTO answer (interview_id, question, position, competency) "
            "VALUES ('i', ?, 0, 'customer-needs')",
            (Q,),
        )
        connection.execute(
            "INSERT INTO note (id, interview_id, question, at, text) "
            "VALUES ('n', 'i', ?, ?, 'the marmalade account')",
            (Q, at),
        )
        connection.close()
        with Store(path) as store:
            assert texts(store, "marmalade") == ["the marmalade account"]
            assert texts(store, "quinces") == ["likes quinces"]
            assert any(hit.kind == "question" for hit in hits(store, "take me back"))
            role = store.role("Account executive")
            assert store.retention().settings(role) == RoleSettings()


LANGUAGES = (
    "Straße gesperrt, Müller rief an, naïve résumé, Größe",
    "大客户投诉我们延迟交货 然后我打电话",
    "said \"don't\" about C++ and 180k at 50 % in Q3-2024, e-mail to o'neill@example.com",
    "İstanbul ofisi ılık, ŞİKAYET geldi",
    "đàm phán hợp đồng với khách hàng Nguyễn",
    "Łódź zażółć gęślą jaźń",
    "Кириллица: ПОСТАВКА задержана ёлка",
    "عقد العميل تأخر",
    "お客様に電話しました",
    "고객에게 전화했다",
    "follow-up re-negotiated, AND OR NOT NEAR col:val",
    "Café Zürich",
)


class TestEveryScript:
    """Each query finds the one note of twelve that holds it."""

    @pytest.fixture(scope="class")
    def many(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
        """A note in each language, of a candidate each."""
        with Store(tmp_path_factory.mktemp("languages") / "records.db") as store:
            for number, text in enumerate(LANGUAGES):
                note(store, text, f"Candidate {number}")
            list(store.search_index().catch_up())
            yield store

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            *(("strasse", 0), ("STRASSE ", 0), ("mueller", None), ("muller", 0), ("grösse", 0)),
            *(
                ("客户", 1),
                ("投诉", 1),
                ("延迟交货", 1),
                ("大客户", 1),
                ("货", 1),
                ("电话 客户", 1),
            ),
            *(("户客", None), ("客诉", None), ('"交货 然后"', 1), ("然后 大客", 1)),
            *(("don't", 2), ("180k", 2), ("q3-2024", 2), ("o'neill@example.com", 2), ("c++ 50", 2)),
            *(("istanbul", 3), ("ilik", 3), ("şikayet", 3), ("SIKAYET", 3)),
            *(("dam phan", 4), ("hợp đồng", 4), ("hop dong", 4), ("nguyen", 4)),
            *(("lodz", 5), ("zazolc", 5), ("GĘŚLĄ", 5)),
            *(("поставка", 6), ("елка", 6), ("Ёлка", 6)),
            *(("عقد", 7), ("العميل", 7), ("تاخر", 7), ("عَقْد", 7)),
            *(("電話", 8), ("客様", 8), ("電話しました", 8), ("でんわ", None)),
            *(("고객", 9), ("전화", 9), ("고객 전화", 9), ("에게", 9)),
            *(("follow-up", 10), ("renegotiated", None), ("re-neg", 10), ("near col:val", 10)),
            *(("cafe zurich", 11), ("ZÜRICH", 11), ("CAFÉ ", 11)),
        ],
    )
    def test_finds_the_note_with_these_words(
        self, many: Store, query: str, number: int | None
    ) -> None:
        found = [hit.text for hit in many.seen_by(PRIYA).passages().find(query).hits]
        assert [text for text in found if text in LANGUAGES] == (
            [] if number is None else [LANGUAGES[number]]
        )

    def test_a_passage_is_shown_as_it_was_written(self, many: Store) -> None:
        (hit,) = many.seen_by(PRIYA).passages().find("客户").hits
        assert hit.text == LANGUAGES[1]
        many._connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")

    def test_an_edit_that_reads_the_same_is_shown(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_note(Q, "die Straße")
        assert texts(store, "strasse") == ["die Straße"]
        notebook.edit_note(Q, notebook.answer(Q).notes[0].id, "Die STRAẞE")
        assert texts(store, "strasse") == ["Die STRAẞE"]
        notebook.edit_note(Q, notebook.answer(Q).notes[0].id, "die strasse")
        assert texts(store, "straße") == ["die strasse"]

    def test_what_was_read_in_before_is_read_in_again(self, tmp_path: Path) -> None:
        """Only what plain letters cannot write, and own follow-ups, wait after the migration."""
        path = tmp_path / "records.db"
        with Store(path) as store:
            notebook = store.notebook(begin(store).id)
            notebook.add_note(Q, "plain pallets")
            notebook.add_note(Q, "大客户投诉")
            notebook.ask_own(Q, "and the forklift?")
            list(store.search_index().catch_up())
        raw = sqlite3.connect(path)
        raw.execute("UPDATE passage SET original = text || 'ß' WHERE kind = 'question'")
        to_version_10(raw)
        raw.close()
        with Store(path) as store:
            waiting = store._connection.execute("SELECT kind FROM to_read_in ORDER BY kind")
            assert [kind for (kind,) in waiting] == ["bank", "follow_up", "note"]
            assert texts(store, "客户") == ["大客户投诉"]
            assert texts(store, "forklift") == ["and the forklift?"]
            assert texts(store, "plain") == ["plain pallets"]


class TestFollowUps:
    def test_own_ones_are_found_and_those_of_the_bank_are_not(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.ask(Q, "what-they-bought", "and the quinces?", ())
        notebook.ask_own(Q, "who weighed the quinces?")
        (hit,) = hits(store, "quinces")
        assert (hit.kind, hit.question, hit.text) == ("follow_up", Q, "who weighed the quinces?")

    def test_one_taken_back_is_not_found(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.ask_own(Q, "who weighed the quinces?")
        notebook.ask_own(Q, "and who ate the quinces?")
        assert len(texts(store, "quinces")) == 2
        notebook.undo()
        assert texts(store, "quinces") == ["who weighed the quinces?"]
        store._connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")

    def test_anothers_under_way_is_not_found(self, store: Store) -> None:
        store.notebook(begin(store, interviewer="Tom").id).ask_own(Q, "who weighed the quinces?")
        assert texts(store, "quinces") == []
        assert len(texts(store, "quinces", "Tom")) == 1


def to_version_10(connection: sqlite3.Connection) -> None:
    """As the tables were before the search in every script."""
    plain = "length(CAST(text AS BLOB)) = length(text)"
    connection.execute("DROP TRIGGER follow_up_came_in")
    connection.execute("DROP TRIGGER follow_up_was_changed")
    connection.execute("DELETE FROM passage WHERE kind = 'follow_up'")
    connection.execute("UPDATE passage SET text = coalesce(original, text)")
    connection.execute("ALTER TABLE passage DROP COLUMN original")
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    assert connection.execute(f"SELECT count(*) FROM passage WHERE NOT {plain}").fetchone()[0]
    connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm011%'")
    connection.execute("PRAGMA user_version = 10")
    connection.commit()


class TestBlind:
    """Nothing that may not be seen is found, anyone who looks and whatever they look for."""

    @pytest.mark.parametrize("visibility", [None, *Visibility])
    @pytest.mark.parametrize("viewer", ["Priya", "Tom", "Dana Fox", "Recruiter"])
    def test_hits_are_those_of_scorecards_that_may_be_seen(
        self, store: Store, visibility: Visibility | None, viewer: str
    ) -> None:
        for candidate, who in (("Ada", "Tom"), ("Ada", "Priya"), ("Bo", "Tom"), ("Cy", "Tom")):
            complete(store, {Q: 4}, candidate, who)
        begin(store, "Bo", interviewer="Priya")
        note(store, "what Di said of it, under way", "Di", "Tom")
        if visibility:
            role = store.role("Account executive")
            of = RoleSettings(owner="Dana Fox", visibility=visibility)
            store.retention().change(role, of, "Dana Fox")
        reader = store.seen_by(Person("", viewer))
        seen = {card.id for card, _ in reader.scorecards()}
        mine = {
            one.interview.id
            for one in store._reads.standings()
            if one.interview.interviewer == viewer
        }
        found = {hit.interview_id for hit in hits(store, "what said", viewer)}
        assert found <= seen | mine
        assert found >= seen
        assert ("Di" in {hit.candidate for hit in hits(store, "Di", viewer)}) is (viewer == "Tom")

    def test_a_question_does_not_lead_to_a_scorecard_that_is_hidden(self, store: Store) -> None:
        complete(store, {Q: 4}, "Bo", "Tom")
        begin(store, "Bo", interviewer="Priya", kit="screen-30")
        ask = f'"{shipped().bank.question(Q).ask}"'
        assert {hit.interviewer for hit in hits(store, ask, "Tom")} == {"Tom"}
        assert "Tom" not in {hit.interviewer for hit in hits(store, ask, "Priya")}

    def test_thirty_hits_take_no_more_statements_than_three(self, store: Store) -> None:
        for number in range(30):
            note(store, f"pallets {number}" if number < 3 else f"pallets crates {number}")
        list(store.search_index().catch_up())
        passages = store.seen_by(Person("", "Priya Raman")).passages()
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        assert len(passages.find("pallets", limit=3).hits) == 3
        few = len(statements)
        assert len(passages.find("pallets").hits) == 30
        assert len(statements) <= 2 * few

    def test_hidden_hits_do_not_use_up_the_limit(self, store: Store) -> None:
        note(store, "pallets of mine", "Ada Okafor", "Priya Raman")
        for number in range(20):
            note(store, f"pallets of others {number}", f"Bo {number}", "Tom")
        assert [hit.text for hit in hits(store, "pallets", limit=1)] == ["pallets of mine"]


class TestReadingIn:
    def test_it_goes_in_steps_and_can_be_stopped(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_notes(Q, [f"pallets {number}" for number in range(2 * STEP + 1)])
        index = store.search_index()
        assert next(index.catch_up()) == index.behind() > 0
        assert list(index.catch_up())[-1] == 0
        assert len(store.seen_by(PRIYA).passages().find("pallets", 5000).hits) == 2 * STEP + 1
        assert list(index.catch_up()) == []

    def test_saving_a_note_leaves_the_index_alone(self, store: Store) -> None:
        store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        before = store._connection.execute("SELECT count(*) FROM search_data").fetchone()
        note(store, "pallets")
        assert store._connection.execute("SELECT count(*) FROM search_data").fetchone() == before
        assert store.search_index().behind() > 0

    def test_one_killed_while_reading_in_loses_nothing(self, store: Store) -> None:
        notebook = store.notebook(begin(store).id)
        notebook.add_notes(Q, [f"pallets {number}" for number in range(3 * STEP)])
        code = (
            "import sys; from pathlib import Path\n"
            "from interviewkit.storage.store import Store\n"
            "with Store(Path(sys.argv[1])) as store:\n"
            "    for _ in store.search_index().catch_up():\n"
            f"        {KILL}\n"
        )
        run = subprocess.run([sys.executable, "-c", code, str(store.path)], check=False)
        assert run.returncode == KILLED
        assert 0 < store.search_index().behind() < 3 * STEP
        assert len(hits(store, "pallets", limit=5000)) == 3 * STEP
        store._connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")


ODD = some.text(alphabet=string.printable + "\"'*^:()-+{}äßøż中文🎉\u0301", max_size=40)


@given(ODD, some.sampled_from(["note", "AND", "NEAR(", "text:", "* ", "--", "\x00"]))
def test_whatever_is_typed_is_no_language_of_the_index(words: str, more: str) -> None:
    for typed in (words, f"{words} {more}"):
        assert (match_of(typed) != "") is any(character.isalnum() for character in typed)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(ODD)
def test_no_search_is_refused(store: Store, words: str) -> None:
    store.seen_by(PRIYA).passages().find(words)
