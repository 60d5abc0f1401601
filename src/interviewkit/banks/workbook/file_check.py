"""A workbook's file, looked at before anything is unpacked, then opened or refused in a sentence.

What unpacks to very much is told by the directory of the file. Whatever openpyxl trips over in a
damaged part comes out as one sentence that names the part.
"""

import warnings
import zipfile
import zlib
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from interviewkit.errors import InterviewKitError
from interviewkit.files import READ_HINT

# Bytes unpacked; the workbook of the largest bank that we know of has one in a hundred of it.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS = 100_000  # of a bank's sheet: one cell far down makes empty rows of all above it
MOST_COLUMNS = 200  # likewise for a cell far to the right
# What openpyxl raises for parts that are not as the format has them: it checks little by itself.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    NotImplementedError,  # a kind of compression that Python does not know
    RuntimeError,  # a part with a password, or nested too deeply
    SyntaxError,  # of XML
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and an .xlsx that has a password
_SAVE_AS = "Open it in Excel or LibreOffice and save it as .xlsx."


def fault_of_file(path: Path) -> str:
    """Why a workbook is not to be opened, "" for nothing or for what is no workbook.

    A directory that gives less than there is deceives nobody: no more than it says is unpacked.
    """
    try:
        if path.is_fifo():
            return "it is a pipe, not a file"
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""  # anyone who opens it says what it is
    if size <= MOST_UNPACKED:
        return ""
    return f"it unpacks to {size / 1024**2:,.0f} MiB; at most {MOST_UNPACKED // 1024**2} are read"


def open_workbook(path: Path) -> Workbook:
    """The workbook, formatting within cells included; InterviewKitError says why not."""
    fault = fault_of_file(path)
    if fault:
        raise InterviewKitError(
            f"{path} cannot be read: {fault}.",
            "Nothing was unpacked. Check where the file comes from; a bank is much smaller.",
        )
    _refuse_other_kinds(path)
    try:
        # openpyxl leaves a damaged file open that it opens itself, and Windows replaces none such.
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, such as pictures
            return load_workbook(file, rich_text=True)
    except PermissionError as error:
        raise InterviewKitError(f"{path} cannot be read: {error.strerror}.", READ_HINT) from error
    except OSError as error:
        message = error.strerror or "it is not an .xlsx workbook"
        raise InterviewKitError(f"{path} cannot be read: {message}.", "Check the file.") from error
    except DAMAGE as error:
        raise _damage(path) from error


def _refuse_other_kinds(path: Path) -> None:
    """Files of other programs, recognized by their first bytes and not by their name."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError:
        return  # opening says why
    kind = ""
    if start == _OLD_EXCEL:
        kind = "it is an old workbook (.xls), or one with a password"
    elif start.startswith(b"PK"):
        kind = _kind_of_archive(path)
    if kind:
        raise InterviewKitError(f"{path} cannot be read: {kind}.", _SAVE_AS)


def _kind_of_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if "mimetype" in names and b"opendocument" in packed.read("mimetype")[:100]:
                return "it is an OpenDocument file (.ods)"
    except (OSError, *DAMAGE):
        return ""
    return "it is a binary workbook (.xlsb)" if "xl/workbook.bin" in names else ""


def _damage(path: Path) -> InterviewKitError:
    try:
        with zipfile.ZipFile(path) as packed:
            damaged_part = _first_damaged_part(packed)
    except (OSError, *DAMAGE):
        return InterviewKitError(
            f"{path} cannot be read: it is not an .xlsx workbook.",
            "Check the file, or write the workbook again with interviewkit bank to-xlsx.",
        )
    detail = f"its part {damaged_part}" if damaged_part else "a part of it"
    return InterviewKitError(
        f"{path} cannot be read: {detail} is damaged.",
        "Open it in Excel or LibreOffice, which may repair it, and save it again; or write the "
        "workbook again with interviewkit bank to-xlsx.",
    )


def _first_damaged_part(packed: zipfile.ZipFile) -> str:
    """The name of a part that does not unpack to what it was; "" where all do."""
    for name in packed.namelist():
        try:
            packed.read(name)
        except (OSError, *DAMAGE):
            return name
    return ""
