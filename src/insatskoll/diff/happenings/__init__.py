"""What has happened to a field, and the words that its clause needs: one reading for each kind of
field."""
