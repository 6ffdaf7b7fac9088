"""From a request to a plan: words, glyphs, speech."""
