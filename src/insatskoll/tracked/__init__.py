"""Two DOCX become one with tracked changes. Knows nothing of insatser."""
