"""Words, lessons and style: the data of the film, read with ``importlib.resources``."""
