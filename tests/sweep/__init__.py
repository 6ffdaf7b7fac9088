"""Check films of random lessons of the kinds that people have, each from a seed.

    PYTHONPATH=tests python -m sweep --count 60              60 lessons in wide frames, in English
    PYTHONPATH=tests python -m sweep --from 60 --count 20 --frame tall --lang zh
    PYTHONPATH=tests python -m sweep --frame any --lang any  a dozen, in frames and languages that take turns
    PYTHONPATH=tests python -m sweep --from 17 --count 1 --print        the lesson of a seed, as a file
    PYTHONPATH=tests python -m sweep --count 60 --record sweep.jsonl    goes on where it was stopped

Each lesson goes through `softmax-explained check` in a process of its own, with a time limit. A lesson is
clean if the check ends without an error. Errors, crashes, refusals and time-outs are counted, with the seeds.
"""
