"""Chapter softmax_slope."""
