"""The command line: one module a command, and one that makes a program of them."""

import signal


def main() -> None:
    """Load the commands, run the one that was asked for.

    While they load there is nothing to lose and nothing to say: Ctrl-C just ends the process, without a word
    about the line of a library it has struck. Whoever has the process ignore Ctrl-C, as ``nohup`` does, is
    obeyed.

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
