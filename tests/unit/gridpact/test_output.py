"""What is shown: nothing that a terminal would obey, and nothing that it cannot show."""

import io
import json
import sys

import pytest

from gridpact.cli.output import Answer, facts, plain, show, show_line, table, talk

ESCAPES = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x7f", "\u202eLAGITSIEGE", "\u2066", "\r", "\x08", "\u2028"]


@pytest.mark.parametrize("text", ESCAPES)
def test_plain(text: str) -> None:
    assert plain(f"a{text}b").isprintable()
    assert plain(f"a{text}b") != f"a{text}b"
    assert plain(f"a{text}b").startswith("a\\")


@pytest.mark.parametrize("text", ["✅ 1 → 2 … ✓ ⚡️ ÄÖü", "two\nlines\tand a tab"])
def test_plain_leaves_what_is_harmless(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", ESCAPES)
def test_escapes_are_shown_as_text(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer({"name": text}, [text, table(["Name"], [(text,)]), facts([(text, text)])])
    show(answer, as_json=False)
    show_line(Answer({}, [text]), as_json=False)
    talk(text)
    shown = capsys.readouterr()
    assert "".join(shown.out + shown.err).replace("\n", "").isprintable()
    assert shown.out.count(plain(text, kept="")) == 5
    for line in (False, True):
        (show_line if line else show)(answer, as_json=True)
        written = capsys.readouterr().out
        assert written.replace("\n", "").isprintable()
        assert json.loads(written) == {"name": text}


def test_a_name_does_not_make_another_line_of_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    show(Answer({}, [table(["Name"], [("a\nPAID",)])]), as_json=False)
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == ["Name", "a\\x0aPAID"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_what_the_encoding_does_not_have(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    show(Answer({}, ["✅ done", table(["→"], [("✓",)])]), as_json=False)
    show(Answer({"mark": "✓"}), as_json=True)
    lines = raw.getvalue().decode(encoding).splitlines()
    assert lines[0] == "? done"
    assert json.loads("".join(lines[3:])) == {"mark": "✓"}


def test_a_document_of_common_words_stays_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Names of fields are words, too, and some are in the list of words that keys are made of."""
    names = [
        "event",
        "order",
        "time",
        "draw",
        "box",
        "state",
        "balance",
        "rule",
        "green",
        "round",
        "call",
        "ability",
        "able",
        "about",
        "above",
    ]
    show(Answer(dict.fromkeys(names, 1), []), as_json=True)
    assert json.loads(capsys.readouterr().out) == dict.fromkeys(names, 1)
