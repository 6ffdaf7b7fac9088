"""Words files, sentences and their timing."""
