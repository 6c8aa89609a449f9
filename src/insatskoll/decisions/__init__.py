"""What the nämnd has decided: making a decision, its history, the changelog and the document for
review."""
