"""A script that makes the silent tiny film in ``out``, with the cache ``cache``, of the working folder."""

# isort: skip_file
from pathlib import Path

import softmax_explained.studio as first  # as in every process of the command
from softmax_explained.studio.output.make_film import make_film
from softmax_explained.studio.video.segment_cache import SegmentCache
from tiny_film import RecordedProgress
from undisturbed import MADE_OF, silent_plan

if __name__ == "__main__":
    assert first
    cache = SegmentCache(Path("cache"))
    make_film(silent_plan(), Path("out"), RecordedProgress(), cache, fingerprint=MADE_OF)
