#!/usr/bin/env bash
# Check the film as it is made for many people: four lessons, two languages, three frames. One line for each.
# A production with an error is named again at the end, with what was found in it.
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
