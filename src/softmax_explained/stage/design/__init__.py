"""Style, layout, contrast, rate functions and writing systems."""
