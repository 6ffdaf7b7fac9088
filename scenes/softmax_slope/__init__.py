"""The chapter ``softmax_slope``."""
