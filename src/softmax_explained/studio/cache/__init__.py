"""The content-addressed cache and its keys."""
