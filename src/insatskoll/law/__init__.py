"""The rules: their files, conditions, provisions and predicates, and the pages that explain
them."""
