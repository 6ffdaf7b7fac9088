"""A chapter of the film: a Manim scene whose beats are timed by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from manim import Animation, FadeIn, FadeOut, Mobject

from softmax_explained.errors import UsageError, WordsError
from softmax_explained.stage.design.rate_functions import early
from softmax_explained.stage.design.style import style
from softmax_explained.stage.narration.sentence import Sentence
from softmax_explained.stage.narration.timing import BeatTiming
from softmax_explained.stage.scene.beat import WHOLE, Parts, beats_of, cues_of, hold_of, section_name
from softmax_explained.stage.scene.context import SceneContext
from softmax_explained.stage.scene.film import Film, one_of
from softmax_explained.stage.scene.frame_scene import FrameScene
from softmax_explained.stage.scene.on_screen import formulas_shown, numbers_shown, words_shown
from softmax_explained.stage.scene.overlays import Dock, Header, Rail
from softmax_explained.stage.scene.production import Production
from softmax_explained.stage.scene.proofs import Proofs, animated
from softmax_explained.stage.scene.record import SOUNDS, BeatRecord, MarkedMove, RequestedSound
from softmax_explained.stage.shapes.caption_lane import CaptionLane
from softmax_explained.stage.text.colour_roles import use_roles
from softmax_explained.stage.text.text import Words

MOST_TICKS = 6  # a second: more would be heard as a rattle


class Chapter(FrameScene):
    """One chapter: `construct` runs the beats, so a chapter's file is a list of pictures.

    A chapter writes its beats as methods with `@beat`. Inside one, ``self.on("mark", animation)`` starts a
    move on a marked word of the beat's sentence, ``self.play`` follows on directly, and nothing waits for a
    number of seconds. When the method returns, the picture stands until the sentence has been said; then what
    is on the screen is recorded.

    Class arguments:
        film: the film it belongs to, for Manim's own command; the studio passes a production.
        docked: the parts of the `dock` that stand from the start, as the chapter before has left them.

    Args:
        production: the settings; the film's defaults if not given.
        take: the names of consecutive beats to draw; all that the cut shows if not given. The beats before
            them are played without being drawn.
        parts: the parts of those beats to draw.

    Attributes:
        context: the numbers, words and regions that beats ask for; the chapter hands them on under the same
            names.
        timeline: plays what beats show.
        beat_records: one per beat played so far; times in seconds from the start of each beat.
    """

    film: ClassVar[Film | None] = None
    name: ClassVar[str] = ""
    docked: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(
        cls,
        film: Film | None = None,
        docked: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
        cls.film = film or cls.film
        cls.docked = docked

    def __init__(
        self,
        production: Production | None = None,
        take: Sequence[str] | None = None,
        parts: Parts = WHOLE,
        **kwargs: Any,
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
        self.parts = parts
        self.beat_records: list[BeatRecord] = []
        self._starts: list[float] = []
        self._moves: list[MarkedMove] = []
        self._sounds: list[RequestedSound] = []
        super().__init__(**kwargs)

    @property
    def beat_id(self) -> str:
        """The beat that is being played: ``chapter.name``."""
        return self.context.beat_id

    @property
    def clock(self) -> float:
        """Seconds since the chapter began."""
        return self.timeline.elapsed

    @property
    def records(self) -> list[BeatRecord]:
        """One per beat played so far; times in seconds from the start of the chapter."""
        pairs = zip(self.beat_records, self._starts, strict=True)
        return [record.later(start) for record, start in pairs]

    @property
    def dock(self) -> Dock:
        """What several chapters keep in sight, each part in its place."""
        return self.context.dock

    @property
    def proofs(self) -> Proofs:
        """The proofs of what is shown."""
        return self.context.proofs

    def on(
        self,
        mark: str,
        *animations: Any,
        run_time: float | None = None,
        sound: str | None = None,
        times: int = 1,
    ) -> None:
        """Start a move when the mark's word is said.

        Args:
            mark: a mark of the beat's sentence; marks are used in the order they are spoken.
            animations: as for ``play``, all at once; with none, where a lesson has nothing to show on this
                word, the mark is passed.
            run_time: seconds; shortened if the next mark's word comes earlier.
            sound: a key of `SOUNDS`: ``"cancel"`` is heard when the move starts, the others when it ends.
            times: how often ``"count"`` is heard, evenly over the move and at its end for the last time; not
                more than `MOST_TICKS` a second.

        Raises:
            UsageError: there is no such sound.
            WordsError: the sentence has no such mark, or it has been passed already.
        """
        marks = self.timeline.marks
        if mark not in marks:
            left = ", ".join(marks) or "none"
            raise WordsError(f"{self.beat_id}: no mark {mark!r} left", hint=f"still to come: {left}")
        if animations:
            self.timeline.wait_until(marks[mark])
            self._moves.append(MarkedMove(mark, marks[mark], self.timeline.clock))
        del marks[mark]
        if animations:
            start = self.timeline.clock
            self.play(*animations, run_time=run_time)
            length = self.timeline.clock - start
            heard = 0 if sound is None else min(times, max(1, round(length * MOST_TICKS)))
            for number in range(1, heard + 1):
                self.tick(str(sound), -length if sound == "cancel" else length * (number / heard - 1))

    def tick(self, sound: str, after: float = 0.0) -> None:
        """Ask for a sound: it is heard now, or in the middle of the next move or of the one before.

        Args:
            sound: a key of `SOUNDS`.
            after: seconds from now, negative for one that should have been heard before.

        Raises:
            UsageError: there is no such sound.
        """
        one_of("sound", sound, SOUNDS)
        if not self.timeline.instant:
            self._sounds.append(RequestedSound(sound, self.timeline.clock + after))

    def first_picture(self) -> None:
        """Put on the stage what the chapter before has handed on; chapters override it.

        It is the picture that the chapter before ends with, made by the same code, so that the cut between
        them cannot be seen. It is not animated.
        """

    def leaving(self, *kept: Mobject) -> list[Animation]:
        """The animations that clear the stage but for what is kept, to go along with a first move."""
        return [FadeOut(each, rate_func=early) for each in self.picture_of_beats() if each not in kept]

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
        self._header = Header(self.frame, *self._chapter_lines())
        self.add(self._rail.before(self.name))
        if self.production.caption_mode == "burn":
            self.timeline.captions = CaptionLane(self.frame.captions, self.production.language)
            self.add_foreground_mobject(self.timeline.captions)
        self.first_picture()
        if cut.whole:
            self.add(*[self.dock.parts[name] for name in self.docked])
        for name in self.beats()[: self.beats().index(self.take[-1]) + 1]:
            (self._run if name in shown else self._skip)(name, *planned[name])

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

    def beat_begins(self, beat: str) -> None:
        """Called with the id of a beat before anything of it is shown; the studio overrides it."""

    def beat_ended(self, record: BeatRecord) -> None:
        """Called when a beat's last frame stands; previews and contact sheets override it."""

    def _plan(self, name: str, method: Callable[..., None]) -> tuple[Sentence, BeatTiming]:
        """What a beat says and when, once its words are seen to fit its moves and its picture."""
        beat_id, cues = f"{self.name}.{name}", cues_of(method)
        sentence = self.script.sentence(beat_id)
        timing = self.production.timing(beat_id)
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
        beat_id = f"{self.name}.{name}"
        self.beat_begins(beat_id)
        self.context.beat_id = beat_id
        timeline.part_begins = lambda: self._begin_part(name)
        start, title = timeline.elapsed, self.script.title(beat_id)
        timeline.begin_beat()
        self._begin_part(name)
        coming = self._header.turn_to(self.words(title, size="title", weight=600), self.mobjects)
        timeline.alongside = [*coming, *self._rail.reach(self.name)]
        for animation in timeline.alongside:
            animation.run_time = pace("lead")
        speech_start = pace("lead")
        timeline.scheduled = []  # the title of a very short beat is still there, and gives way to this one
        timeline.schedule(speech_start + pace("title"), *self._header.leave(run_time=pace("lead")))
        speech_end = speech_start + timing.speech
        if timeline.captions is not None:
            cues = self.production.cues.get(beat_id, ())
            timeline.captions.start([cue.later(speech_start) for cue in cues])
        self._moves, self._sounds = [], []
        timeline.marks = {mark: speech_start + time for mark, time in timing.marks.items()}
        method(self)
        timeline.wait_until(max(speech_end + pace("breath"), timeline.clock + pace(hold_of(method))))
        record = BeatRecord(
            id=beat_id,
            chapter=self.name,
            title=title,
            start=0.0,
            speech_start=speech_start,
            speech_end=speech_end,
            end=timeline.clock,
            narration=str(sentence),
            moves=tuple(self._moves),
            pauses=tuple(pause.later(speech_start) for pause in timing.pauses),
            sounds=tuple(self._sounds),
            numbers=numbers_shown(self, self.solution),
            formulas=formulas_shown(self, self.proofs, self.production.tag),
            words=words_shown(self),
        )
        self.beat_records.append(record)
        self._starts.append(start)
        self.beat_ended(record.later(start))

    def _begin_part(self, name: str) -> None:
        """Begin a section of Manim's with a part of a beat, which is drawn if it is in the take."""
        part = self.timeline.part
        is_drawn = name in self.take and part in self.parts
        self.next_section(section_name(f"{self.name}.{name}", part), skip_animations=not is_drawn)

    def picture_of_beats(self) -> list[Mobject]:
        """What stands on the stage, without header, rail, dock and captions."""
        around = {self._rail.mobject, *self._header.mobjects, *self.context.dock_parts}
        around |= set(self.foreground_mobjects)
        return [mobject for mobject in self.mobjects if mobject not in around]

    @property
    def chapter_line(self) -> str:
        """The number of the chapter in its cut of the film, and its title."""
        return f"{self._number}   {self.script.chapter_title(self.name)}"

    @property
    def _number(self) -> int:
        return self.production.cut.chapters(self.production.film.chapters).index(self.name) + 1

    def _chapter_lines(self) -> tuple[Words, Words]:
        """The chapter's line, and its number alone."""
        long, short = (
            self.words(text, size="chapter", colour="quiet")
            for text in (self.chapter_line, str(self._number))
        )
        return long, short


def appear(*mobjects: Mobject) -> list[FadeIn]:
    """Fade in mobjects together."""
    return [FadeIn(mobject) for mobject in mobjects]
