"""Ctrl-C is handled by one thread, and not in the middle of what must not be interrupted."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from softmax_explained.studio.sigint import sigint_blocked


@pytest.fixture
def other_thread() -> Iterator[None]:
    """A thread that receives signals, as those of NumPy's BLAS do."""
    before, ended = signal.signal(signal.SIGINT, signal.default_int_handler), Event()
    Thread(target=ended.wait, daemon=True).start()
    yield
    ended.set()
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("other_thread")
def test_ctrl_c_in_a_block_is_handled_at_its_end_whichever_thread_receives_it() -> None:
    done = list[str]()
    with pytest.raises(KeyboardInterrupt):
        with sigint_blocked():
            os.kill(os.getpid(), signal.SIGINT)
            done.append(str(sum(range(100_000))))
        done.append("after the block")
    assert done == ["4999950000"]


@pytest.mark.usefixtures("other_thread")
def test_a_block_without_ctrl_c_leaves_signals_as_they_were() -> None:
    with sigint_blocked():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())
