"""``python -m softmax_explained`` is ``softmax-explained``."""

from softmax_explained.cli import main

if __name__ == "__main__":
    main()
