"""Prints: from an insats to sentences, from sentences to pages, and from pages to each format."""
