"""The cores of this machine."""

import os


def cores() -> int:
    """The number of cores this process may use, or of all cores where the system does not know."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
