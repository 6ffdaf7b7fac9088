"""The command line: one module per command, and one that makes a program of them."""

import signal


def main() -> None:
    """Load the commands and run one of them.

    Ctrl-C while they load ends the process without a traceback, unless it is ignored, as under ``nohup``.

    Raises:
        SystemExit: always; see `softmax_explained.cli.app.run`.
    """
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from softmax_explained.cli.app import run

    if usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
