"""Drawing, encoding and muxing."""
