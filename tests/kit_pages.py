"""What an interviewer does with a fillable kit in a browser."""

from pathlib import Path

from browsers import Browser


def begin(browser: Browser, kit: Path) -> None:
    browser.open(kit)
    browser.click("#begin")
    browser.until("document.querySelector('blockquote') !== null")


def say(browser: Browser, *lines: str) -> None:
    """Type lines into the note line, each with Enter."""
    for line in lines:
        browser.type(line, "Enter")


def submit(browser: Browser, recommendation: str, summary: str) -> Path:
    browser.click("#rail button", "Wrap-up")
    browser.click(".choice label", recommendation)
    browser.click("#summary")
    browser.type(summary)
    browser.click("#seal")
    browser.click("#accept")
    browser.until("document.querySelector('#save') !== null")
    return browser.saved(".ikc")
