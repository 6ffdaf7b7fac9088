#!/usr/bin/env bash
# Run `softmax-explained check` for four lessons, two languages and three frames, with one summary line each.
# The findings of films with errors are printed at the end.
set -uo pipefail
cd "$(dirname "$0")/.."

found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
failed=()

for lesson in cat-dog-fox binary ten-digits soft-labels; do
    for lang in en zh; do
        for frame in wide tall square; do
            name="$lesson $lang $frame"
            .venv/bin/softmax-explained check --lesson "assets/lessons/$lesson.toml" --lang "$lang" --frame "$frame" \
                >"$found/$name" 2>&1 || failed+=("$name")
            printf '%-26s %s\n' "$name" "$(tail -n 1 "$found/$name")"
        done
    done
done

for name in "${failed[@]}"; do
    printf '\n== %s\n' "$name"
    grep -vE '^warning' -A 0 "$found/$name"
done
exit $((${#failed[@]} > 0))
