"""A real browser without a window, driven by WebDriver BiDi: Debian's Chromium and Firefox.

Firefox speaks the protocol itself, Chromium through its driver. Everything listens on loopback, and
each browser has a profile and a folder of downloads of its own.
"""

import json
import re
import shutil
import subprocess
import time
import urllib.request
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

WAIT = 30.0  # seconds until something that should happen counts as never happening
PROGRAMS = {"chromium": ("chromium", "chromedriver"), "firefox": ("firefox-esr",)}
_KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "PageDown": "\ue00f"}


def missing_programs(name: str) -> list[str]:
    """What is not installed of what a browser needs."""
    return [program for program in PROGRAMS[name] if shutil.which(program) is None]


class Browser:
    """One window of one browser."""

    def __init__(self, socket: ClientConnection, downloads: Path) -> None:
        self.downloads = downloads
        self._socket = socket
        self._numbers = count(1)
        self.requests: list[str] = []
        self.problems: list[str] = []
        self.context = ""
        self._run_first: list[str] = []

    def send(self, method: str, **params: Any) -> Any:
        """One command; AssertionError with the browser's words where it fails."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=WAIT))
            if message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message}"
                return message["result"]
            self._note(message)

    def _note(self, message: Mapping[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "network.beforeRequestSent":
            self.requests.append(params["request"]["url"])
        elif message.get("method") == "log.entryAdded" and params["level"] == "error":
            self.problems.append(str(params["text"]))

    def begin(self) -> Self:
        (window,) = self.send("browsingContext.getTree")["contexts"]
        self.context = window["context"]
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        return self

    def run_first(self, function: str) -> None:
        """Call a function in every page before its own scripts, until :meth:`forget`."""
        added = self.send("script.addPreloadScript", functionDeclaration=function)
        self._run_first.append(added["script"])

    def forget(self) -> None:
        """As it was begun: nothing saved, nothing run first, one empty window."""
        for script in self._run_first:
            self.send("script.removePreloadScript", script=script)
        self._run_first.clear()
        for window in self.send("browsingContext.getTree")["contexts"]:
            if window["context"] != self.context:
                self.send("browsingContext.close", context=window["context"])
        self.send("browsingContext.navigate", context=self.context, url="about:blank")
        for path in self.downloads.iterdir():
            path.unlink()
        self.requests.clear()
        self.problems.clear()

    def open(self, page: Path) -> None:
        self.send(
            "browsingContext.navigate", context=self.context, url=page.as_uri(), wait="complete"
        )

    def reload(self) -> None:
        self.send("browsingContext.reload", context=self.context, wait="complete")

    def new_window(self) -> "Browser":
        window = Browser(self._socket, self.downloads)
        window._numbers = self._numbers
        window.context = self.send("browsingContext.create", type="tab")["context"]
        return window

    def script(self, expression: str) -> Any:
        """The value of an expression, through JSON; a promise is waited for."""
        result = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression}) ?? null))()",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def text(self, selector: str) -> str:
        """The words of the first element; "" where there is none."""
        return str(self.script(f"document.querySelector({selector!r})?.innerText ?? ''"))

    def until(self, expression: str) -> None:
        """Wait until an expression holds."""
        wait_for(lambda: bool(self.script(expression)), expression)

    def click(self, selector: str, words: str = "") -> None:
        """Click the first element, or that with these words, or with these among its words."""
        found = (
            f"((all) => all.find((element) => element.innerText.trim() === {words!r}) ?? all.find("
            f"(element) => (element.innerText + (element.ariaLabel ?? '')).includes({words!r})))"
            f"([...document.querySelectorAll({selector!r})])"
        )
        box = self.script(
            f"(() => {{ const element = {found}; element.scrollIntoView({{block: 'center'}}); "
            "const {x, y, width, height} = element.getBoundingClientRect(); "
            "return [x + width / 2, y + height / 2]; })()"
        )
        x, y = map(round, box)
        self._perform(
            "pointer",
            [
                {"type": "pointerMove", "x": x, "y": y},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
        )

    def type(self, text: str, *keys: str) -> None:
        """Key by key; ``keys`` are names such as Enter that come after the text."""
        actions: list[dict[str, object]] = []
        for char in (*text, *(_KEYS[key] for key in keys)):
            actions += [{"type": "keyDown", "value": char}, {"type": "keyUp", "value": char}]
        self._perform("key", actions)

    def _perform(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        self.send("input.performActions", context=self.context, actions=[source])

    def choose_file(self, selector: str, path: Path) -> None:
        node = self.send(
            "browsingContext.locateNodes",
            context=self.context,
            locator={"type": "css", "value": selector},
        )["nodes"][0]
        self.send(
            "input.setFiles",
            context=self.context,
            element={"sharedId": node["sharedId"]},
            files=[str(path)],
        )

    def size(self, width: int, height: int, ratio: float = 1) -> None:
        self.send(
            "browsingContext.setViewport",
            context=self.context,
            viewport={"width": width, "height": height},
            devicePixelRatio=ratio,
        )

    def picture(self) -> bytes:
        shot = self.send("browsingContext.captureScreenshot", context=self.context)
        return b64decode(shot["data"])

    def paper(self) -> bytes:
        """The page as it prints, a PDF."""
        return b64decode(self.send("browsingContext.print", context=self.context)["data"])

    def saved(self, ending: str) -> Path:
        """The file that the page has saved, once it is whole; a browser may rename it meanwhile."""

        def whole() -> list[Path]:
            paths = [path for path in self.downloads.iterdir() if path.name.endswith(ending)]
            with suppress(FileNotFoundError):
                return [path for path in paths if path.stat().st_size > 0]
            return []

        wait_for(lambda: bool(whole()), f"a file {ending}")
        (path,) = whole()
        return path


def wait_for(condition: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < end, f"never happened: {name}"


@contextmanager
def running(name: str, folder: Path, scheme: str = "light") -> Iterator[Browser]:
    """The browser called so, with its profile under ``folder``."""
    downloads, profile = folder / "downloads", folder / "profile"
    downloads.mkdir(parents=True, exist_ok=True)
    profile.mkdir(exist_ok=True)
    begin = _firefox if name == "firefox" else _chromium
    process, address = begin(profile, downloads, scheme)
    try:
        # No pings: their thread would draw from `random` in the middle of other tests.
        with connect(address, max_size=None, open_timeout=WAIT, ping_interval=None) as socket:
            browser = Browser(socket, downloads)
            if name == "firefox":
                browser.send("session.new", capabilities={})
            yield browser.begin()
            browser.send("session.end" if name == "chromium" else "browser.close")
    finally:
        process.terminate()
        process.wait(WAIT)


def _firefox(profile: Path, downloads: Path, scheme: str) -> tuple[subprocess.Popen[str], str]:
    prefs = {
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.download.useDownloadDir": True,
        "browser.download.always_ask_before_handling_new_types": False,
        "browser.helperApps.neverAsk.saveToDisk": "application/octet-stream",
        "layout.css.prefers-color-scheme.content-override": 0 if scheme == "dark" else 1,
    }
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(prefs[key])});\n" for key in prefs)
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    process = _start(
        "firefox-esr", "--headless", "--no-remote", "--profile", str(profile),
        "--remote-debugging-port=0",
    )  # fmt: skip
    address = _heard(process, r"listening on (ws://[0-9.:]+)")
    return process, f"{address}/session"


def _chromium(profile: Path, downloads: Path, scheme: str) -> tuple[subprocess.Popen[str], str]:
    process = _start("chromedriver", "--port=0", "--allowed-ips=127.0.0.1")
    port = _heard(process, r"started successfully on port (\d+)")
    options = {
        "binary": shutil.which("chromium"),
        "args": [
            "--headless=new",
            "--no-sandbox",  # the tests may run as root, and open files of their own only
            "--disable-dev-shm-usage",
            f"--user-data-dir={profile}",
            *(["--force-dark-mode"] if scheme == "dark" else []),
        ],
        "prefs": {"download.default_directory": str(downloads)},
    }
    wanted = {"webSocketUrl": True, "goog:chromeOptions": options}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/session",
        json.dumps({"capabilities": {"alwaysMatch": wanted}}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=WAIT) as answer:
        return process, json.load(answer)["value"]["capabilities"]["webSocketUrl"]


def _start(*command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    )


def _heard(process: subprocess.Popen[str], pattern: str) -> str:
    assert process.stdout
    for line in process.stdout:
        match = re.search(pattern, line)
        if match:
            return match[1]
    raise AssertionError(f"{process.args!r} ended before it listened")
