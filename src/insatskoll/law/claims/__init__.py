"""Reads what the texts claim: ages, fees, consent, who decides. Between the model and the rules."""
