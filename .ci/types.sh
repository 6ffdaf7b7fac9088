#!/bin/sh
# Types of all source and of the benchmark, under the names they are installed under: softmax_explained contains
# scenes/ and assets/, which stand outside src/ and are therefore not found there by mypy.
set -eu
cd "$(dirname "$0")/.."
tree=.mypy_cache/tree
rm -rf "$tree"
mkdir -p "$tree/softmax_explained"
for part in src/softmax_explained/* scenes assets; do
    ln -s "$PWD/$part" "$tree/softmax_explained/"
done
MYPYPATH="$tree:tests" exec .venv/bin/python -m mypy -p softmax_explained -p bench
