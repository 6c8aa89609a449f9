"""The exit codes."""

CLEAN, FINDINGS, USAGE, NOTHING = 0, 1, 2, 3
