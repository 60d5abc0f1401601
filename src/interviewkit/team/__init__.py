"""A team that shares roles through a folder: keys, envelopes, members and files."""
