"""What redirected output is written in on Windows."""

import stat
import subprocess
import sys

import pytest

from interviewkit.output_encoding import encoding_for

FILE, PIPE = stat.S_IFREG, stat.S_IFIFO


@pytest.mark.parametrize(
    ("mode", "page", "encoding"),
    [
        (FILE, 850, "utf-8"),
        (FILE, 0, "utf-8"),
        (PIPE, 850, "cp850"),
        (PIPE, 65001, "utf-8"),
        (PIPE, 0, None),
    ],
)
def test_a_file_is_utf_8_and_a_pipe_is_what_its_console_reads(
    mode: int, page: int, encoding: str | None
) -> None:
    assert encoding_for(mode, page) == encoding


@pytest.mark.windows
def test_a_sign_that_the_console_does_not_have_ends_nothing() -> None:
    code = (
        "import sys; from interviewkit.output_encoding import fit_output; fit_output();"
        "sys.stdout.reconfigure(errors='replace'); print('✓ Müller')"
    )
    ran = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", code], capture_output=True, check=True
    )
    assert ran.stdout
