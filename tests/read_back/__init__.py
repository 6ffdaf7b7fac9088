"""What a recogniser hears of the narration.

    PYTHONPATH=tests .venv/bin/python -m read_back                            every beat, in both languages
    PYTHONPATH=tests .venv/bin/python -m read_back --voice yunxi              another voice
    PYTHONPATH=tests .venv/bin/python -m read_back --lesson binary            another lesson

It prints each beat with errors, and the error rate of all: in English of words, in Chinese of syllables
without their tones, because the recogniser often writes another character that sounds the same.
"""
