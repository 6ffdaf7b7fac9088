"""A chapter of the film: a Manim scene whose beats are timed by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Self

from manim import Animation, FadeIn, FadeOut, Mobject

from softmax_explained.errors import UsageError, WordsError
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming, reading_time
from softmax_explained.stage.scene.beat import beats_of, cues_of, hold_of
from softmax_explained.stage.scene.context import SceneContext
from softmax_explained.stage.scene.film import Film
from softmax_explained.stage.scene.on_screen import formulas_shown, numbers_shown, words_shown
from softmax_explained.stage.scene.overlays import Header, Rail
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.proofs import Proofs, animated
from softmax_explained.stage.scene.record import BeatRecord, MarkedMove
from softmax_explained.stage.scene.skipping import Montage
from softmax_explained.stage.text.colour_roles import use_roles
from softmax_explained.stage.text.text import Words


class Chapter(Montage, SceneContext):
    """One chapter: `construct` runs the beats, so a chapter's file is a list of pictures.

    A chapter writes its beats as methods with `@beat`. Inside one, ``self.on("mark", animation)`` starts a
    move on a marked word of the beat's sentence, ``self.play`` follows on directly, and nothing waits for a
    number of seconds. When the beat's method returns, the picture stands until the sentence has been said and
    the picture has been held; then what is on the screen is recorded.

    Class arguments:
        film: the film it belongs to, for Manim's own command; the studio passes a production.
        docked: the `dock` stands from the start, as the chapter before has left it.
        keeps_dock: it still stands at the end; if not given, as at the start.

    Args:
        production: the settings; the film's defaults if not given.
        take: the names of the beats to draw, some that follow each other. Those before are played, so that
            the stage is as it would be, and nothing of them is drawn. All that the cut shows if not given.

    Attributes:
        records: one per beat played so far.
    """

    film: ClassVar[Film | None] = None
    name: ClassVar[str] = ""
    docked: ClassVar[bool] = False
    keeps_dock: ClassVar[bool] = False

    def __init_subclass__(
        cls,
        film: Film | None = None,
        docked: bool = False,
        keeps_dock: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        cls.film = film or cls.film
        cls.docked, cls.keeps_dock = docked, docked if keeps_dock is None else keeps_dock

    def __init__(
        self, production: Production | None = None, take: Sequence[str] | None = None, **kwargs: Any
    ) -> None:
        self.production = production or Production(self._own_film())
        use_roles(self.production.film.roles)
        self.take = tuple(self.production.cut.shown(self.name, self.beats()) if take is None else take)
        self.records: list[BeatRecord] = []
        self._moves: list[MarkedMove] = []
        super().__init__(**kwargs)

    def on(self, mark: str, *animations: Any, run_time: float | None = None) -> None:
        """Start a move when the mark's word is said.

        Args:
            mark: a mark of the beat's sentence; marks are used in the order they are spoken.
            animations: as for ``play``, all at once; with none, where a lesson has nothing to show on this
                word, the mark is passed.
            run_time: seconds; shortened if the next mark's word comes earlier.

        Raises:
            WordsError: the sentence has no such mark, or it has been passed already.
        """
        if mark not in self._due:
            raise WordsError(
                f"{self._beat_id}: no mark {mark!r} left",
                hint=f"still to come: {', '.join(self._due) or 'none'}",
            )
        due = self._due.pop(mark)
        if animations:
            self.wait_until_time(due)
            self._moves.append(MarkedMove(mark, due, self.clock))
        self._limit = min(self._due.values(), default=None)
        if animations:
            self.play(*animations, run_time=run_time)

    @property
    def beat_id(self) -> str:
        """The beat that is being played: ``chapter.name``."""
        return self._beat_id

    # Running the beats -------------------------------------------------------------------------------

    @classmethod
    def beat_methods(cls) -> Mapping[str, Callable[..., None]]:
        """The beats by name, in order."""
        return beats_of(vars(cls))

    @classmethod
    def beats(cls) -> tuple[str, ...]:
        """The names of the beats, in order."""
        return tuple(cls.beat_methods())

    def construct(self) -> None:
        """Run every beat in order. Chapters do not override this: they write beats.

        Raises:
            WordsError: the words do not fit the beats; nothing has been drawn then.
            UsageError: the production's cut shows no beat of this chapter.
        """
        said = {name: self._said(name, method) for name, method in self.beat_methods().items()}
        if not self.take:
            raise UsageError(f"the {self.production.cut.name} cut has no beat of chapter {self.name}")
        shown = self.production.cut.shown(self.name, self.beats())
        self.camera.background_color = style().colour("ground")  # type: ignore[union-attr]
        self._rail = Rail(self.frame.rail, self._chapters)
        self._header = Header(
            self.frame.header, self._chapter_line(), self.frame.dock if self._in_dock() else None
        )
        self.add(self._rail.before(self.name))
        if self.docked:
            self.add(*self._in_dock())
        for name in self.beats()[: self.beats().index(self.take[-1]) + 1]:
            (self._run if name in shown else self._skip)(name, *said[name])
        if self.take[-1] == shown[-1]:
            self._leave()

    @cached_property
    def proofs(self) -> Proofs:
        """The proofs of what it shows."""
        return Proofs(self.production.film.statements, self.solution)

    def add(self, *mobjects: Any) -> Self:
        """Add mobjects to the stage.

        Raises:
            ProofError: a formula among them claims what is not proved.
        """
        self._require_proofs(mobjects)
        return super().add(*mobjects)

    def add_mobjects_from_animations(self, animations: list[Animation]) -> None:
        """Add what moves; nothing that it shows on its way may be unproved."""
        self._require_proofs(animated(animations))
        super().add_mobjects_from_animations(animations)

    def _require_proofs(self, mobjects: Iterable[Mobject]) -> None:
        for claim, error in self.proofs.unproved(mobjects):
            if self.watcher is None:
                raise error
            self.watcher.unproved(self, claim, error)

    def beat_ended(self, record: BeatRecord) -> None:
        """Called when a beat's last frame stands; previews and contact sheets override it."""

    def _said(self, name: str, method: Callable[..., None]) -> tuple[Sentence, BeatTiming]:
        """What a beat says and when, once its words are seen to fit its moves and its picture."""
        beat_id, cues = f"{self.name}.{name}", cues_of(method)
        sentence = self.script.sentence(beat_id)
        timing = self.production.timings.get(beat_id) or reading_time(sentence, self.script.reading)
        if unknown := set(cues.marks) ^ set(timing.marks):
            raise WordsError(
                f"{beat_id}: marks of the sentence and of the scene differ: {', '.join(sorted(unknown))}",
                hint="every mark of a sentence starts one move of its beat",
            )
        for label in cues.labels:
            self.script.label(beat_id, label)
        return sentence, timing

    def _skip(self, name: str, _: Sentence, timing: BeatTiming) -> None:
        """Leave a beat out, but leave the stage as it would: a later beat may need what it has made."""
        self._beat_id, self._due = f"{self.name}.{name}", dict(timing.marks)
        self.leave_out(lambda: self.beat_methods()[name](self))

    def _run(self, name: str, sentence: Sentence, timing: BeatTiming) -> None:
        self._beat_id = beat_id = f"{self.name}.{name}"
        self.next_section(beat_id, skip_animations=name not in self.take)
        start, pace, method = self.clock, style().pace, self.beat_methods()[name]
        self._alongside = [*self._header.turn_to(self._title(beat_id)), *self._rail.reach(self.name)]
        for animation in self._alongside:
            animation.run_time = pace("lead")
        speech_start = start + self.bridge_time + pace("lead")
        self._moves = []
        self._due = {mark: speech_start + time for mark, time in timing.marks.items()}
        self._limit = min(self._due.values(), default=None)
        method(self)
        speech_end = speech_start + timing.speech
        end = max(speech_end + pace("breath"), self.clock + pace(hold_of(method)))
        self.wait_until_time(end)
        record = BeatRecord(
            id=beat_id,
            chapter=self.name,
            title=self.script.title(beat_id),
            start=start,
            speech_start=speech_start,
            speech_end=speech_end,
            end=self.clock,
            narration=str(sentence),
            moves=tuple(self._moves),
            numbers=numbers_shown(self, self.solution),
            formulas=formulas_shown(self, self.proofs),
            words=words_shown(self),
        )
        self.records.append(record)
        self.beat_ended(record)

    def _leave(self) -> None:
        """Clear the stage for the next chapter; the last beat's record lasts until the reel ends."""
        kept = {self._rail.mobject, *(self._in_dock() if self.keeps_dock else ())}
        leaving: list[Mobject] = [mobject for mobject in self.mobjects if mobject not in kept]
        self._limit = None
        self.play(*[FadeOut(mobject) for mobject in leaving], run_time=style().pace("lead"))
        last = self.records.pop()
        self.records.append(BeatRecord(**{**vars(last), "end": self.clock}))

    def _in_dock(self) -> tuple[Mobject, ...]:
        """What stands in the dock, or will; nothing in a chapter without one, or in a cut of the film."""
        return self.dock.mobjects if (self.docked or self.keeps_dock) and self.production.cut.whole else ()

    def picture_of_beats(self) -> list[Mobject]:
        """What stands on the stage, without the header, the rail and the dock."""
        header = *self._header.mobjects, *self._header.leaving
        around = {self._rail.mobject, *header, *self._in_dock()}
        return [mobject for mobject in self.mobjects if mobject not in around]

    @classmethod
    def _own_film(cls) -> Film:
        if cls.film is None:
            raise UsageError(
                f"chapter {cls.name} belongs to no film",
                hint=f"write class {cls.__name__}(Chapter, film=FILM), or pass a Production",
            )
        return cls.film

    @property
    def _chapters(self) -> tuple[str, ...]:
        return self.production.cut.chapters(self.production.film.chapters)

    @property
    def chapter_line(self) -> str:
        """The number of the chapter in its cut of the film, and its title."""
        return f"{self._chapters.index(self.name) + 1}   {self.script.chapter_title(self.name)}"

    def _chapter_line(self) -> Words:
        return self.words(self.chapter_line, size="chapter", colour="quiet")

    def _title(self, beat_id: str) -> Words:
        return self.words(self.script.title(beat_id), size="title", weight=600)


def appear(*mobjects: Mobject) -> list[FadeIn]:
    """Fade in mobjects together."""
    return [FadeIn(mobject) for mobject in mobjects]
