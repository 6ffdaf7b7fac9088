"""``python -m softmax_explained`` is ``softmax-explained``."""

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # the working folder, where a file may have the name of a module

from softmax_explained.cli import main

if __name__ == "__main__":
    main()
