"""Help while one writes: what an editor asks about the file that is open, answered out of the same
reading, rules and sentences that the commands use."""
