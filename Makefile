# Rendering the film and checking the project. Every target first sets up .venv if necessary (.ci/setup.sh),
# so `make film` works on a fresh machine.
#
#   make film                            out/film.mp4 at 1080p60, with captions and ledger
#   make film QUALITY=draft              the same at 480p15
#   make film LESSON=my-lesson.toml      the same film for a lesson of your own
#   make film-zh                         out/zh/film.mp4: the film in Chinese, spoken; gets the voice first
#   make stills                          out/stills: the last frame of every beat, and a contact sheet
#   make check-film                      layout and timing checks for four lessons, two languages, three frames
#   make test                            the fast tests
#   make test-slow                       the tests that render films or take long
#   make check                           formatting, lint, types, import rules
#   make mutation                        break the source in listed places, and say which tests notice; takes half an hour
#   make sweep                           check films of random lessons; SWEEP="--count 60" for more than a dozen
#   make soak                            let commands share one cache for ten minutes
#   make bench                           benchmark against plain Manim; takes hours on an otherwise idle machine
#   make readme-pictures                 the animation in the README
#   make check-pictures                  the pictures in docs/checks.md
#   make clean                           remove generated files, but keep .venv
#   make distclean                       remove .venv too

QUALITY ?= high
LESSON ?=
BENCH ?=
MUTATION ?=
SWEEP ?= --frame any --lang any
SOAK ?=

python := .venv/bin/python

.DEFAULT_GOAL := film
.PHONY: film film-zh stills check-film test test-slow mutation sweep soak bench readme-pictures check-pictures check format lint types imports setup setup-voices clean distclean

film: setup
	$(python) -m softmax_explained render --quality "$(QUALITY)" $(if $(LESSON),--lesson "$(LESSON)")

film-zh: setup-voices
	$(python) -m softmax_explained render --lang zh --quality "$(QUALITY)" --out out/zh $(if $(LESSON),--lesson "$(LESSON)")

stills: setup
	$(python) -m softmax_explained stills $(if $(LESSON),--lesson "$(LESSON)")

check-film: setup
	@.ci/check-film.sh

test: setup-voices
	$(python) -m pytest -q -n auto --dist loadfile -m "not slow"

test-slow: setup-voices
	$(python) -m pytest -q -n auto --dist worksteal -m slow

mutation: setup-voices
	PYTHONPATH=tests $(python) -m mutation $(MUTATION)

# SWEEP holds the options, see tests/sweep/__init__.py
sweep: setup
	PYTHONPATH=tests $(python) -m sweep $(SWEEP)

# SOAK holds the options, see tests/soak/__init__.py
soak: setup
	PYTHONPATH=tests $(python) -m soak $(SOAK)

# BENCH holds further options: make bench BENCH="--chapters neuron --print"
bench: setup
	PYTHONPATH=tests $(python) -m bench $(BENCH)

readme-pictures: setup
	$(python) tests/docs/draw_readme_picture.py

check-pictures: setup
	PYTHONPATH=tests $(python) tests/docs/draw_check_pictures.py

check: format lint types imports

format: setup
	$(python) -m ruff format --check .

lint: setup
	$(python) -m ruff check .

types: setup
	@.ci/types.sh

imports: setup
	$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

setup:
	@PYTHON="$(PYTHON)" .ci/setup.sh

setup-voices:
	@PYTHON="$(PYTHON)" .ci/setup.sh voices

clean:
	rm -rf out media build .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find scenes src tests assets -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv src/*.egg-info
