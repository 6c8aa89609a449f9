"""From a document to a catalogue: what a file says, block by block, and the fields it fills."""
