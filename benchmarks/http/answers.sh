#!/usr/bin/env bash
# Answers of 1,000 learners over HTTP, some 2,000 a second: wrk -t1 -c100, each connection with a pause after each answer, against a
# running node, whose JWT secret is read from its data folder. Then GET /health/live at the same pace: what HTTP alone takes.
#   benchmarks/http/answers.sh [DATA_FOLDER] [URL] [ROUNDS] [SECONDS] [WARM_UP_SECONDS]
set -euo pipefail
folder=${1:-data} url=${2:-http://127.0.0.1:8080} rounds=${3:-5} seconds=${4:-10} warm_up=${5:-60}
here=$(cd "$(dirname "$0")" && pwd)
secret=$(cat "$folder/secrets/jwt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/tokens.sh"

for n in $(seq 1000); do echo "$(token "wrk-learner-$n" member)"; done > "$work/tokens"
figures() { # name, then wrk's arguments
  local name=$1
  shift
  TOKENS=$work/tokens wrk -t1 -c100 --latency -s "$here/answers.lua" "$@" "$url" |
    awk -v name="$name" '/^ +50%/ {p50 = $2} /^ +90%/ {p90 = $2} /^ +99%/ {p99 = $2} /Requests\/sec/ {rate = $2} /Non-2xx/ {other = "  " $0}
      END {printf "%-12s %10.0f/s   p50 %-9s p90 %-9s p99 %s%s\n", name, rate, p50, p90, p99, other}'
}

PAUSE=0 figures warm-up -d"$warm_up"
for round in $(seq "$rounds"); do
  echo "round $round"
  PAUSE=48 figures answers -d"$seconds"
  PAUSE=48 LIVE=on figures "health/live" -d"$seconds"
done
