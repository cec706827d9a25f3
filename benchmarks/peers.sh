#!/usr/bin/env bash
# Our speed beside that of other tools, on the same texts in one run.
#
#   peers.sh ROWS.jsonl [options of peers.py]
#
# Each tool is installed in a virtual environment of its own under $PEERS (default: a temporary folder that is removed
# again). quran-detector asks for Python 3.12 in its package data and runs on 3.11. PYTHON is the one that has takhrij.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1

if [ -z "${PEERS:-}" ]; then
    PEERS=$(mktemp -d)
    trap 'rm -rf "$PEERS"' EXIT
fi
for package in quran-detector==0.0.2 quran-toolkit==0.1.0 hadith-detector==0.2.0; do
    venv=$PEERS/${package%%==*}
    if [ ! -e "$venv/installed" ]; then
        "$python" -m venv "$venv"
        "$venv/bin/python" -m pip install --quiet --ignore-requires-python "$package"
        touch "$venv/installed"
    fi
done
"$python" "$here/peers.py" "$@" --environments "$PEERS"
