#!/bin/sh
# Make .venv ready: system libraries, a virtual environment, the pinned packages, this project (editable).
#
# `make film`, `make test` and `make check` call this first. It may be run at any time:
#   - nothing to do: under a second, and no network;
#   - pyproject.toml or constraints.txt changed: the packages are brought up to date;
#   - .venv is missing, half made, moved or broken: it is made anew.
#
# PYTHON=/path/to/python chooses the interpreter (3.11 or newer); else the first one found is taken.
# Leaves with 2 and says what to install when this machine lacks something it may not install itself.
set -eu
cd "$(dirname "$0")/.."

readonly VENV=.venv
readonly STAMP=$VENV/.ready

say() { printf 'setup: %s\n' "$*" >&2; }

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3.11 python3 python3.12 python3.13 python3.14; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
        if [ -n "${PYTHON:-}" ]; then
            say "PYTHON=$PYTHON does not run, or is older than 3.11. Name a Python 3.11 or newer."
            exit 2
        fi
    done
}

# What the environment was made of, and where.
fingerprint() {
    cat pyproject.toml constraints.txt .ci/setup.sh | cksum
    pwd -P
}

is_ready() {
    is_sound && [ "$(cat "$STAMP")" = "$(fingerprint)" ]
}

# Finished once, still there, and made in this folder: a virtual environment that was moved or copied is full
# of paths that lead back to the old place.
is_sound() {
    [ -f "$STAMP" ] && grep -qxF "$(pwd -P)" "$STAMP" && [ -x "$VENV/bin/softmax-explained" ] &&
        is_new_enough "$VENV/bin/python" && "$VENV/bin/python" -c 'import softmax_explained' >/dev/null 2>&1
}

# The Debian packages this machine still needs, one a line. manim brings no ready-made pycairo and ManimPango
# for Linux: both are compiled here, against cairo, pango and Python's own headers.
missing_packages() {
    python=$1
    if [ -z "$python" ]; then
        echo python3
        echo python3-dev
        echo python3-venv
    else
        name=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || echo "$name-venv"
        headers=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
        [ -f "$headers/Python.h" ] || echo "$name-dev"
    fi
    command -v cc >/dev/null || { echo gcc; echo libc6-dev; }
    command -v pkg-config >/dev/null || echo pkg-config
    pkg-config --exists cairo 2>/dev/null || echo libcairo2-dev
    pkg-config --exists pangocairo 2>/dev/null || echo libpango1.0-dev
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" # nobody is there to type a password
    fi
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        refuse "this machine has no apt-get" "$@"
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        refuse "you are not root, and there is no sudo" "$@"
    fi
    say "installing with apt-get: $*"
    as_root apt-get update -qq || say "apt-get update failed; trying with the package lists that are here"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 ||
        refuse "apt-get install failed (its own message is above)" "$@"
}

refuse() {
    why=$1
    shift
    say "$why, so these are yours to install, and then run make again:"
    say "    on Debian or Ubuntu: apt-get install $*"
    say "    elsewhere: Python 3.11 or newer with venv and its headers, a C compiler, pkg-config,"
    say "    and the development files of cairo and pango (with pangocairo)"
    exit 2
}

install_what_is_missing() {
    python=$(find_python)
    missing=$(missing_packages "$python")
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086 # one word a package
        install_packages $missing
        python=$(find_python)
        missing=$(missing_packages "$python")
        if [ -n "$missing" ]; then
            # shellcheck disable=SC2086
            refuse "apt-get has run, and something is still missing" $missing
        fi
    fi
}

make_venv() {
    python=$(find_python)
    if is_sound; then
        rm "$STAMP"
        say "bringing the packages in $VENV up to date"
    else
        say "making $VENV with $("$python" --version) ($python)"
        rm -rf "$VENV"
        "$python" -m venv "$VENV"
    fi
    # A pip that can pin what packages are built with, not only what is installed.
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt pip setuptools
    # PYTHONWARNINGS: setuptools lectures packagers about editable installs; nobody here can do anything about it.
    PYTHONWARNINGS=ignore "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
        -c constraints.txt --build-constraint constraints.txt -e '.[dev]'
    fingerprint >"$STAMP"
    say "$VENV is ready"
}

# Two makes at once: the second waits here, and then finds everything ready.
if command -v flock >/dev/null; then
    exec 9<pyproject.toml
    flock 9
fi
is_ready && exit 0
install_what_is_missing
make_venv
