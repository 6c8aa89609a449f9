"""The catalogue: municipality, insats, part and decision, their canonical form and checksum, and
what they state."""
