"""A fingerprint differs in the parts that changed, came or went."""

from softmax_explained.studio.cache.fingerprint import changes


def test_changed_new_and_missing_parts_are_named_and_equal_ones_are_not() -> None:
    before, now = {"lesson": "1", "style": "2", "voice": "3"}, {"lesson": "1", "style": "4", "cut": "5"}
    assert changes(before, now) == ["cut", "style", "voice"]
    assert changes(now, now) == []
