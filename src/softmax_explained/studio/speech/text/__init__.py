"""What a voice reads: sentences as words, and words as phonemes."""
