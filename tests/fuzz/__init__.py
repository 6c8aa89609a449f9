"""Harnesses that try the program with much, broken, hostile and interrupted: short and seeded here,
long by ``make fuzz``."""
