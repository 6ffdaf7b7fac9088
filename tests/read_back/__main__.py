"""The command line of `read_back`."""

import argparse
from pathlib import Path

from read_back.heard import error_rate, read_back
from softmax_explained.scenes.film import FILM
from softmax_explained.studio.speech.voices import TABLE, voice_for


def main() -> None:
    """Read the narration back, and print what was misheard."""
    parser = argparse.ArgumentParser(prog="read_back")
    parser.add_argument("--voice", choices=list(TABLE))
    parser.add_argument("--lesson")
    asked = parser.parse_args()
    voices = [asked.voice] if asked.voice else [voice_for("en"), voice_for("zh")]
    lesson = FILM.read_lesson(asked.lesson, Path()) if asked.lesson else None
    for voice in voices:
        if voice not in TABLE:
            print("no Chinese voice is installed: softmax-explained voices")
            continue
        beats = read_back(TABLE[voice].language, voice, lesson)
        for beat in beats:
            if beat.errors:
                print(
                    f"{beat.beat}: {beat.errors} of {len(beat.said)}\n  {' '.join(beat.said)}\n  {beat.text}"
                )
        worst = [beat.beat for beat in beats if beat.rate > 0.1]
        print(
            f"{voice}: {error_rate(beats):.2%} of {sum(len(beat.said) for beat in beats)}; over 10 %: {worst}"
        )


main()
