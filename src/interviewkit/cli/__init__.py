"""The commands. stdout is data, stderr is narration; exit 0 ok, 1 failed, 2 wrong usage."""
