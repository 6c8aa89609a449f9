"""The forms in which the changes are told."""
