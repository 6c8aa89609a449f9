"""The semantic diff: facts first, then what they mean, then the forms in which they are told."""
