"""Who the computer says its user is: the account, and a name to begin with."""

import getpass
import os


def system_account() -> str:
    """The account of the computer's user, which the trail names; "" where there is none."""
    try:
        import pwd
    except ImportError:  # Windows has no password database
        return os.environ.get("USERNAME", "")
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user need not be in it
        return str(os.getuid())


def login_name() -> str:
    """The full name of the computer's user, else the login, else "Interviewer"."""
    return _full_name() or _login()


def _full_name() -> str:
    try:
        import pwd
    except ImportError:  # Windows has no password database
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except KeyError:  # a container's user need not be in it
        return ""


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Interviewer"
