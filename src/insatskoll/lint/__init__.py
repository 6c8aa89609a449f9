"""Puts the rules to the catalogue: findings, waivers, the baseline and the corrections."""
