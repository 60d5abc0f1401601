"""The words of a text as the index is to hold them, and as SQLite does hold them."""

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.interview.search_words import index_text, index_tokens, query_terms

TEXTS = [
    "大客户投诉我们延迟交货 然后我打电话",
    "お客様に電話しました ﾃﾞﾝﾜ",
    "고객에게 전화했다",
    unicodedata.normalize("NFD", "고객에게 전화했다 ガス"),
    "ग्राहक की क्या ज़रूरत",
    "ลูกค้าไม่พอใจที่",
    "عَقد العميل تأخر ١٢٣",
    "Straße gesperrt, İstanbul ılık ŞİKAYET Łódź zażółć",
    "C++ 客户abc123電話 a_b don't 180k",
    "မြန်မာ ភាសាខ្មែរ \U00020000x ② 1\ufe0f\u20e3",
]


@pytest.fixture(scope="module")
def tokens_of_sqlite() -> Iterator[Callable[[str], list[str]]]:
    """What SQLite's index holds of a text, in order."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE term USING fts5vocab (search, instance)")

    def tokens(text: str) -> list[str]:
        connection.execute("DELETE FROM search")
        connection.execute("INSERT INTO search VALUES (?)", (index_text(text),))
        return [row[0] for row in connection.execute("SELECT term FROM term ORDER BY offset")]

    yield tokens
    connection.close()


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_the_index(
    text: str, tokens_of_sqlite: Callable[[str], list[str]]
) -> None:
    assert [token.text for token in index_tokens(text)] == tokens_of_sqlite(text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("".join(TEXTS) + "\"'()*-+:^ ", max_size=60))
def test_words_of_any_mixture_are_those_of_the_index(
    tokens_of_sqlite: Callable[[str], list[str]], text: str
) -> None:
    assert [token.text for token in index_tokens(text)] == tokens_of_sqlite(text)


@given(st.one_of(st.text(max_size=80), st.text("".join(TEXTS), max_size=80)))
def test_words_stand_where_they_say(text: str) -> None:
    tokens = index_tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    for token in tokens:
        piece = [item.text for item in index_tokens(text[token.start : token.end])]
        assert token.text in piece


def test_a_query_is_phrases() -> None:
    terms = query_terms('大客户 "wet pallets" -- don\'t Straße "')
    assert [[token.text for token in term] for term in terms] == [
        ["大", "客", "户"],
        ["wet", "pallets"],
        ["don", "t"],
        ["strasse"],
    ]
