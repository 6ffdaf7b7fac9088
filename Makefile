# The film and the checks. Every target makes what it needs first (.ci/setup.sh), so
# `make film` is all it takes on a fresh machine.
#
#   make film                            out/film.mp4 at 1080p60, with captions and the ledger
#   make film QUALITY=draft              the same at 480p15
#   make film LESSON=my-lesson.toml      the same film for your own numbers
#   make stills                          out/stills: the last frame of every beat, and all of them on one sheet
#   make check-film                      what a viewer would mind, for four lessons, two languages, three frames
#   make test                            the quick tests
#   make test-slow                       the tests that render films or run long
#   make bench                           what the film costs beside Manim's own command; for hours, with nothing else running
#   make check                           format, lint, types, and the arrows between the packages
#   make clean                           remove what was made, but keep .venv
#   make distclean                       remove .venv too

QUALITY ?= high
LESSON ?=
BENCH ?=

python := .venv/bin/python

.DEFAULT_GOAL := film
.PHONY: film stills check-film test test-slow bench check format lint types arrows setup clean distclean

film: setup
	$(python) -m softmax_explained render --quality "$(QUALITY)" $(if $(LESSON),--lesson "$(LESSON)")

stills: setup
	$(python) -m softmax_explained stills $(if $(LESSON),--lesson "$(LESSON)")

check-film: setup
	@.ci/check-film.sh

test: setup
	$(python) -m pytest -q -n auto --dist loadfile -m "not slow"

test-slow: setup
	$(python) -m pytest -q -m slow

# BENCH passes options on: make bench BENCH="--chapters neuron --no-readme"
bench: setup
	PYTHONPATH=tests $(python) -m bench $(BENCH)

check: format lint types arrows

format: setup
	$(python) -m ruff format --check .

lint: setup
	$(python) -m ruff check .

types: setup
	$(python) -m mypy

arrows: setup
	$(python) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

setup:
	@PYTHON="$(PYTHON)" .ci/setup.sh

clean:
	rm -rf out media build .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find scenes src tests assets -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv src/*.egg-info
