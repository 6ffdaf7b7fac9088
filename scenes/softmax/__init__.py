"""The chapter ``softmax``."""
