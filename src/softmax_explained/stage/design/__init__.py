"""Style, layout, contrast and rate functions."""
