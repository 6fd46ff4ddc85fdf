#!/bin/bash
# window_told_to_end.sh TARGET-FOLDER PROGRAM [ARGUMENT…]     (below xvfb-run)
# Starts the window, has it make documents of all that is listed, and tells it to end (SIGTERM) as soon as something is in
# the folder. Prints how many milliseconds that took. Exit 1: it did not begin within a minute.
target=$1
shift
"$@" &
program=$!
trap 'kill -KILL $program 2>/dev/null' EXIT
began=
for _ in $(seq 600); do
    window=$(xdotool search --pid "$program" 2>/dev/null | tail -n 1)
    if [ -n "$window" ]; then
        xdotool windowfocus "$window" key ctrl+a key ctrl+Return 2>/dev/null
        # Looked at often: taking two hundred mails takes no second.
        for _ in $(seq 20); do
            if [ -n "$(ls -A "$target")" ]; then
                began=yes
                break 2
            fi
        done
    fi
    sleep 0.1
done
[ -n "$began" ] || exit 1
told=$(date +%s%N)
kill -TERM "$program"
wait "$program"
echo $((($(date +%s%N) - told) / 1000000))
