"""A second film, declared as this project declares its own: the engine is told all it knows about it here."""

from __future__ import annotations

from pathlib import Path

from second_film.neuron import Neuron
from softmax_explained.stage.narration.words_file import WordsSchema
from softmax_explained.stage.scene.film import FULL, Cut, Film

FILM = Film(
    name="second_film.film:FILM",
    scenes="second_film.{}.scene",
    chapters=("curve", "gradient"),
    default_lesson=Neuron,
    read_lesson=lambda name, folder: Neuron(title=name),
    mathematics="second_film.mathematics:MATHEMATICS",
    words_folder=Path(__file__).parent / "words",
    words=WordsSchema(variants={"say_wrong": lambda solution: solution.a < 0.5}),
    cuts={cut.name: cut for cut in (FULL, Cut("result", ("gradient.prediction_minus_target",)))},
    poster="gradient.prediction_minus_target",
)
