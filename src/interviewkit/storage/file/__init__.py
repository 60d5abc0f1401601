"""The database file: opening, locking, encrypting, backing up and restoring it."""
