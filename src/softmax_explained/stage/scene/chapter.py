"""A chapter of the film: a Manim scene whose beats are timed by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Self

from manim import Animation, FadeIn, FadeOut, Mobject

from softmax_explained.errors import UsageError, WordsError
from softmax_explained.stage.design.rate_functions import early, late
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming, reading_time
from softmax_explained.stage.scene.beat import beats_of, cues_of, hold_of
from softmax_explained.stage.scene.context import SceneContext
from softmax_explained.stage.scene.film import Film
from softmax_explained.stage.scene.frame_scene import FrameScene
from softmax_explained.stage.scene.on_screen import formulas_shown, numbers_shown, words_shown
from softmax_explained.stage.scene.overlays import Dock, Header, Rail
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.proofs import Proofs, animated
from softmax_explained.stage.scene.record import BeatRecord, MarkedMove
from softmax_explained.stage.text.colour_roles import use_roles


class Chapter(FrameScene):
    """One chapter: `construct` runs the beats, so a chapter's file is a list of pictures.

    A chapter writes its beats as methods with `@beat`. Inside one, ``self.on("mark", animation)`` starts a
    move on a marked word of the beat's sentence, ``self.play`` follows on directly, and nothing waits for a
    number of seconds. When the method returns, the picture stands until the sentence has been said; then what
    is on the screen is recorded.

    Class arguments:
        film: the film it belongs to, for Manim's own command; the studio passes a production.
        docked: the `dock` stands from the start, as the chapter before has left it.
        keeps_dock: it still stands at the end; if not given, as at the start.

    Args:
        production: the settings; the film's defaults if not given.
        take: the names of consecutive beats to draw; all that the cut shows if not given. The beats before
            them are played without being drawn.

    Attributes:
        context: the numbers, words and regions that beats ask for; the chapter hands them on under the same
            names.
        timeline: plays what beats show.
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
        if production is None and self.film is None:
            raise UsageError(
                f"chapter {self.name} belongs to no film",
                hint=f"write class {type(self).__name__}(Chapter, film=FILM), or pass a Production",
            )
        self.production = production or Production(self.film)  # type: ignore[arg-type]
        self.context = context = SceneContext(self.production)
        self.solution, self.script = context.solution, context.script
        self.frame, self.stage = context.frame, context.stage
        self.quantity, self.words, self.label = context.quantity, context.words, context.label
        self.rule_name, self.class_name = context.rule_name, context.class_name
        use_roles(self.production.film.roles)
        self.take = tuple(self.production.cut.shown(self.name, self.beats()) if take is None else take)
        self.records: list[BeatRecord] = []
        self._moves: list[MarkedMove] = []
        super().__init__(**kwargs)

    @property
    def beat_id(self) -> str:
        """The beat that is being played: ``chapter.name``."""
        return self.context.beat_id

    @property
    def clock(self) -> float:
        """Seconds since the chapter began."""
        return self.timeline.clock

    @property
    def dock(self) -> Dock:
        """The pinned quantity and the letters of the film, each in its place."""
        return self.context.dock

    @property
    def proofs(self) -> Proofs:
        """The proofs of what is shown."""
        return self.context.proofs

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
        marks = self.timeline.marks
        if mark not in marks:
            left = ", ".join(marks) or "none"
            raise WordsError(f"{self.beat_id}: no mark {mark!r} left", hint=f"still to come: {left}")
        if animations:
            self.timeline.wait_until(marks[mark])
            self._moves.append(MarkedMove(mark, marks[mark], self.clock))
        del marks[mark]
        if animations:
            self.play(*animations, run_time=run_time)

    def leaving(self, *kept: Mobject) -> list[Animation]:
        """The animations that clear the stage but for what is kept, to go along with a first move."""
        self.timeline.drop_unseen(kept)
        return [FadeOut(each, rate_func=early) for each in self.picture_of_beats() if each not in kept]

    def clear_stage(
        self, *kept: Mobject, also: Sequence[Animation] = (), run_time: float | None = None
    ) -> None:
        """Fade out the picture of the beats before, but for what is kept, the header, the rail and the dock.

        Args:
            kept: stays on the stage.
            also: animations that go with it, such as the next picture fading in.
            run_time: seconds; the lead of a beat if not given.
        """
        for coming in also:
            coming.rate_func = late
        if moves := [*self.leaving(*kept), *also]:
            self.play(*moves, run_time=run_time or style().pace("lead"))

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
        use_roles(self.production.film.roles)  # another film's chapter may have been made since
        planned = {name: self._plan(name, method) for name, method in self.beat_methods().items()}
        cut = self.production.cut
        if not self.take:
            raise UsageError(f"the {cut.name} cut has no beat of chapter {self.name}")
        shown = cut.shown(self.name, self.beats())
        self.camera.background_color = style().colour("ground")  # type: ignore[union-attr]
        self._rail = Rail(self.frame.rail, cut.chapters(self.production.film.chapters))
        line = self.words(self.chapter_line, size="chapter", colour="quiet")
        self._header = Header(self.frame.header, line, self.frame.dock if self._in_dock() else None)
        self.add(self._rail.before(self.name))
        if self.docked:
            self.add(*self._in_dock())
        for name in self.beats()[: self.beats().index(self.take[-1]) + 1]:
            (self._run if name in shown else self._skip)(name, *planned[name])
        if self.take[-1] == shown[-1]:
            self._leave()

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
        observer = self.timeline.observer
        for claim, error in self.proofs.unproved(mobjects):
            if observer is None:
                raise error
            observer.unproved(self, claim, error)

    def beat_ended(self, record: BeatRecord) -> None:
        """Called when a beat's last frame stands; previews and contact sheets override it."""

    def _plan(self, name: str, method: Callable[..., None]) -> tuple[Sentence, BeatTiming]:
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
        self.context.beat_id, self.timeline.marks = f"{self.name}.{name}", dict(timing.marks)
        self.timeline.skip(lambda: self.beat_methods()[name](self))

    def _run(self, name: str, sentence: Sentence, timing: BeatTiming) -> None:
        timeline, pace, method = self.timeline, style().pace, self.beat_methods()[name]
        self.context.beat_id = beat_id = f"{self.name}.{name}"
        self.next_section(beat_id, skip_animations=name not in self.take)
        start, title = self.clock, self.script.title(beat_id)
        turn = self._header.turn_to(self.words(title, size="title", weight=600))
        timeline.alongside = [*turn, *self._rail.reach(self.name)]
        for animation in timeline.alongside:
            animation.run_time = pace("lead")
        speech_start = start + timeline.bridge_time + pace("lead")
        speech_end = speech_start + timing.speech
        self._moves = []
        timeline.marks = {mark: speech_start + time for mark, time in timing.marks.items()}
        method(self)
        timeline.wait_until(max(speech_end + pace("breath"), self.clock + pace(hold_of(method))))
        record = BeatRecord(
            id=beat_id,
            chapter=self.name,
            title=title,
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
        """Clear the stage for the next chapter; the last beat's record lasts until the chapter ends."""
        kept = {self._rail.mobject, *(self._in_dock() if self.keeps_dock else ())}
        self.timeline.marks = {}
        leaving = [FadeOut(mobject) for mobject in self.mobjects if mobject not in kept]
        self.play(*leaving, run_time=style().pace("lead"))
        self.records.append(replace(self.records.pop(), end=self.clock))

    def _in_dock(self) -> tuple[Mobject, ...]:
        """What stands in the dock, or will; nothing in a chapter without one, or in a cut of the film."""
        docked = (self.docked or self.keeps_dock) and self.production.cut.whole
        return self.context.dock.mobjects if docked else ()

    def picture_of_beats(self) -> list[Mobject]:
        """What stands on the stage, without the header, the rail and the dock."""
        header = *self._header.mobjects, *self._header.leaving
        around = {self._rail.mobject, *header, *self._in_dock()}
        return [mobject for mobject in self.mobjects if mobject not in around]

    @property
    def chapter_line(self) -> str:
        """The number of the chapter in its cut of the film, and its title."""
        chapters = self.production.cut.chapters(self.production.film.chapters)
        return f"{chapters.index(self.name) + 1}   {self.script.chapter_title(self.name)}"


def appear(*mobjects: Mobject) -> list[FadeIn]:
    """Fade in mobjects together."""
    return [FadeIn(mobject) for mobject in mobjects]
