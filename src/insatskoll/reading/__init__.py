"""Reads what lies on disk or in git: bytes and their hygiene, YAML with places, schemas, and their
errors in Swedish."""
