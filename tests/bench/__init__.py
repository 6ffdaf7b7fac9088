"""The benchmark: what rendering the film costs with this package, and with plain Manim from the same scenes.

``make bench`` runs it; docs/benchmark.md describes it. One file per idea:

    film          which film is measured, and the folder of its files
    contestants   the commands that are compared
    edits         renders after a change to a copy of the project
    revision      those changes
    measured      seconds, CPU and memory of commands and their child processes
    lossless      the same film without compression losses, drawn by Manim
    likeness      SSIM between a film and the lossless one
    floor         the time x264 alone needs for the frames that differ
    steps         all measurements, in order
    record        bench.json, saved after every step
    table         the results as Markdown
    targets       the limits the results are compared with
    page          the place in docs/benchmark.md where the tables are
    schedule      how long a course takes on many workers, by simulation
    machine       the machine, its software and the code that was measured
"""
