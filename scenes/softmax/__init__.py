"""Chapter softmax."""
