"""Secrets in the system's keyring. Without a keyring, or its library, none is kept or found."""


def keep_secret(service: str, name: str, secret: str) -> bool:
    """Keep a secret; gives whether the keyring has it now: some accept all and keep nothing."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return False
    try:
        keyring.set_password(service, name, secret)
        return keyring.get_password(service, name) == secret
    except KeyringError:
        return False


def find_secret(service: str, name: str) -> str:
    """The secret kept under a name, or ""."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        return keyring.get_password(service, name) or ""
    except KeyringError:
        return ""


def forget_secret(service: str, name: str) -> None:
    """Delete a secret if there is one."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return
    try:
        keyring.delete_password(service, name)
    except KeyringError:
        return
