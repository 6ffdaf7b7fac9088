"""Break the code on purpose, one place at a time, and see which tests notice.

    make mutation                                          every mutation of the table, on all cores
    PYTHONPATH=tests python -m mutation --only softmax     those of files whose path contains "softmax"
    PYTHONPATH=tests python -m mutation --sample 5         every fifth, as CI does

A mutation that no test notices is a survivor: a missing test, or a change without any effect, which the table
explains.
"""
