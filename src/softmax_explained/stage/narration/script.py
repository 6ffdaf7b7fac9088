"""The words of the film in one language, filled in from one solution.

A words file has a table per chapter with its ``title`` and a table per beat: ``title``, ``say``, variants of
``say`` (see `WordsSchema`), ``labels``, ``sight``, and what `narration` describes. ``sight`` says what is
seen, for those who only hear the film; ``sight_soft`` goes with ``say_soft``, and so on. The table ``[film]``
and other shared tables hold words that any chapter may use; ``[reading]`` says how fast people read, see
`Reading`; ``[speech]`` names a voice, and ``[pronunciation]`` says how it reads words, see
`studio.speech.text.lexicon`; ``[documents]`` has the words of the documents beside the film, see
`document_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from softmax_explained.core.interfaces import FilmLesson, FilmSolution
from softmax_explained.errors import UnknownQuantityError, WordsError
from softmax_explained.stage.design.writing_system import name_in_sentence
from softmax_explained.stage.narration import document_words
from softmax_explained.stage.narration.narration import SILENCES, Narration, narration_of
from softmax_explained.stage.narration.reading_speed import Reading
from softmax_explained.stage.narration.sentence import Kind, Sentence
from softmax_explained.stage.narration.words_file import WordsSchema


@dataclass(frozen=True)
class Script:
    """What is spoken and written in every beat, for one language and one solution."""

    language: str
    solution: FilmSolution  # fills the placeholders
    words: Mapping[str, Any]  # the tables of the words file
    where: str = ""  # what errors call the words file
    schema: WordsSchema = field(default_factory=WordsSchema)

    @property
    def file(self) -> str:
        """What errors call the words file."""
        return self.where or f"words/{self.language}.toml"

    @cached_property
    def reading(self) -> Reading:
        """The reading speed of this language, from the optional table ``[reading]``."""
        return Reading.of(self.words.get("reading"), f"{self.file}: [reading]")

    @property
    def voice(self) -> str | None:
        """The voice that the words file names in its optional table ``[speech]``."""
        table = self.words.get("speech")
        if table is None:
            return None
        voice = table.get("voice") if isinstance(table, Mapping) and set(table) == {"voice"} else None
        if not isinstance(voice, str):
            raise WordsError(
                f"{self.file}: [speech] = {table!r}", hint='write voice = "…" in it, and no more'
            )
        return voice

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes in this language."""
        lesson: FilmLesson = self.solution.lesson
        return lesson.class_names(self.language)

    def chapter_title(self, chapter: str) -> str:
        """The chapter's title, filled."""
        return self._label(self._table(chapter), chapter, "title")

    def title(self, beat: str) -> str:
        """The beat's title, filled; ``beat`` is ``chapter.name``."""
        return self._label(self._table(beat), beat, "title")

    def sentence(self, beat: str) -> Sentence:
        """The caption of the beat, filled: the variant for the solution; see `WordsSchema`."""
        return self._caption(beat, self._variant(beat))

    def sentences(self, beat: str) -> dict[str, Sentence]:
        """Every caption the beat may have, by key: ``say`` and its variants."""
        return {key: self._caption(beat, key) for key in self._variants(beat)}

    def narration(self, beat: str) -> Narration:
        """What the beat says, filled, and how: the variant for the solution; see `WordsSchema`.

        Raises:
            WordsError: it is missing, or wrong; see `narration_of`.
        """
        return self._narration(beat, self._variant(beat))

    def narrations(self, beat: str) -> dict[str, Narration]:
        """Everything the beat may say, by the key of its caption: ``say`` and its variants."""
        return {key: self._narration(beat, key) for key in self._variants(beat)}

    def sight(self, beat: str) -> Sentence | None:
        """What is seen in the beat, filled: that of the variant that is said, or else ``sight``.

        Returns:
            None if the words file does not describe the beat; a language of one's own need not.

        Raises:
            WordsError: it is empty, has a mark, or a placeholder that is no quantity.
        """
        table = self._table(beat)
        for key in (sight_key(self._variant(beat)), sight_key("say")):
            if key in table:
                return self._unmarked(table, beat, key)
        return None

    def sights(self, beat: str) -> dict[str, Sentence]:
        """Every description the beat may have, by key: ``sight`` and those of its variants; see `sight`."""
        table, keys = self._table(beat), map(sight_key, self._variants(beat))
        return {key: self._unmarked(table, beat, key) for key in keys if key in table}

    def _variant(self, beat: str) -> str:
        table, variants = self._table(beat), self.schema.variants.items()
        return next((key for key, fits in variants if key in table and fits(self.solution)), "say")

    def _variants(self, beat: str) -> list[str]:
        return ["say", *[key for key in self.schema.variants if key in self._table(beat)]]

    def _caption(self, beat: str, key: str) -> Sentence:
        return self._parse(self._text(self._table(beat), beat, key), f"{beat}.{key}")

    def _narration(self, beat: str, key: str) -> Narration:
        table, spoken = self._table(beat), voice_key(key)
        voice = self._parse(self._text(table, beat, spoken), f"{beat}.{spoken}") if spoken in table else None
        silences = {name: table[name] for name in SILENCES if name in table}
        where = f"{self.file}: {beat}" + (f".{spoken}" if voice else "")
        return narration_of(self._caption(beat, key), voice, silences, where)

    def label(self, beat: str, name: str) -> str:
        """Words in the picture of a beat, filled."""
        return self._label(self._labels(beat), f"{beat}.labels", name)

    def labels(self, beat: str) -> Mapping[str, str]:
        """All the words in the picture of a beat, filled."""
        return {name: self.label(beat, name) for name in self._labels(beat)}

    def _labels(self, beat: str) -> Mapping[str, Any]:
        table = self._table(beat).get("labels", {})
        if not isinstance(table, Mapping):
            raise WordsError(f"{self.file}: {beat}.labels is not a table", hint='labels = { name = "words" }')
        return table

    def shared(self, table: str, name: str) -> str:
        """A word for all chapters, filled."""
        return self._label(self._table(table), table, name)

    def document(self, name: str) -> str:
        """A word of the documents beside the film, filled; the English one if the words file has none.

        Args:
            name: a key of `document_words.ENGLISH`.

        Raises:
            WordsError: the words file has something else there than words without marks.
        """
        table = self.words.get(document_words.TABLE, {})
        if not isinstance(table, Mapping):
            hint = f"allowed keys: {', '.join(document_words.ENGLISH)}"
            raise WordsError(f"{self.file}: [{document_words.TABLE}] is not a table", hint=hint)
        if name not in table:
            return document_words.ENGLISH[name]
        return self._label(table, document_words.TABLE, name)

    def _parse(self, text: str, where: str) -> Sentence:
        return Sentence.parse(text, self._fill, where=f"{self.file}: {where}")

    def _label(self, table: Mapping[str, Any], where: str, key: str) -> str:
        """Words that are written."""
        return str(self._unmarked(table, where, key))

    def _unmarked(self, table: Mapping[str, Any], where: str, key: str) -> Sentence:
        """Words that no animation waits for: placeholders are filled in, and marks are not allowed."""
        words = self._parse(self._text(table, where, key), f"{where}.{key}")
        if words.marks:
            raise WordsError(
                f"{self.file}: {where}.{key}: a mark in words that start no animation",
                hint="write the words without marks; these belong in say",
            )
        return words

    def _fill(self, key: str) -> tuple[str, Kind]:
        if key.startswith("cls[") and key.endswith("]"):
            index = self.solution.letters.get(key[4:-1])
            if index is None:
                names = ", ".join(f"cls[{letter}]" for letter in self.solution.letters)
                raise UnknownQuantityError(f"no class {key!r}", hint=f"class names: {names}")
            return name_in_sentence(self.classes[index]), "word"
        return self.solution[key].text, "number"

    def _table(self, path: str) -> Mapping[str, Any]:
        """The table of a chapter, of ``chapter.beat``, or a shared one."""
        table: Mapping[str, Any] = self.words
        for name in path.split("."):
            table = table.get(name, "")
            if not isinstance(table, Mapping):
                raise self._missing(f"[{path}]")
        return table

    def _text(self, table: Mapping[str, Any], where: str, key: str) -> str:
        text = table.get(key)
        if not isinstance(text, str) or not text.strip():
            raise self._missing(f"{where}.{key}")
        return text

    def _missing(self, what: str) -> WordsError:
        return WordsError(f"{self.file}: {what} is missing", hint="add it, in this language")


def voice_key(say: str) -> str:
    """The key of what is spoken instead of a sentence: ``voice_soft`` for ``say_soft``."""
    return say.replace("say", "voice", 1)


def sight_key(say: str) -> str:
    """The key of what is seen while a sentence is said: ``sight_soft`` for ``say_soft``."""
    return say.replace("say", "sight", 1)


def sentence_keys(schema: WordsSchema) -> set[str]:
    """The keys of a beat that say what is said, when, and what is seen; its picture takes only the times."""
    says = {"say", *schema.variants}
    return {*says, *map(voice_key, says), *map(sight_key, says), *SILENCES}


def _keys(words: Mapping[str, Any], table: str) -> Mapping[str, Any]:
    found = words.get(table)
    return found if isinstance(found, Mapping) else {}


_OPTIONAL = "reading", "speech", "pronunciation"  # tables of a words file that need not be there


def unknown_keys(script: Script, beats: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Keys of a words file that no chapter, beat or sentence reads; `beats` has the beats of each chapter."""
    words, schema = script.words, script.schema
    stray = [name for name in words if name not in {*beats, *schema.shared, *_OPTIONAL, document_words.TABLE}]
    documents = {document_words.TABLE: document_words.ENGLISH.keys()}
    for table, known in {**schema.shared, **documents}.items():
        stray += [f"{table}.{name}" for name in _keys(words, table) if name not in known]
    beat_keys = {"title", "labels", *sentence_keys(schema)}
    for chapter, names in beats.items():
        for name, table in _keys(words, chapter).items():
            if name != "title" and name not in names:
                stray.append(f"{chapter}.{name}")
            elif isinstance(table, Mapping):
                says = {key for key in ("say", *schema.variants) if key in table}
                unsaid = schema.variants.keys() - says
                unused = {get(key) for key in unsaid for get in (voice_key, sight_key)}
                stray += [f"{chapter}.{name}.{key}" for key in table if key not in beat_keys or key in unused]
    return stray
