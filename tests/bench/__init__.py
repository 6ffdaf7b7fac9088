"""The benchmark: what the film costs here, and what Manim's own command asks for the same scenes.

``make bench`` runs it; docs/benchmark.md says how. A file an idea:

    film          which film is measured, and where its files lie
    contestants   the commands that are compared
    edits         renders after a change to a copy of the project
    revision      those changes
    measured      seconds, CPU and memory of commands and of all that they start
    lossless      the same film without loss, drawn by Manim itself
    likeness      how near a film comes to it (SSIM)
    floor         what x264 alone takes for the pictures that differ
    steps         all of it, in order
    record        bench.json, written after every step
    table         the numbers as Markdown
    targets       what they must show
    page          the place in docs/benchmark.md where the tables are
    machine       where and with what was measured
"""
