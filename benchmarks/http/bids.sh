#!/usr/bin/env bash
# Bids a second over HTTP on one session: wrk -t1 -c100 against a running node, whose JWT secret is read from its data folder.
# Each round with an idempotency key on each bid, then without, then GET /health/live: what HTTP alone reaches on this machine.
#   benchmarks/http/bids.sh [DATA_FOLDER] [URL] [ROUNDS] [SECONDS] [WARM_UP_SECONDS]
set -euo pipefail
folder=${1:-data} url=${2:-http://127.0.0.1:8080} rounds=${3:-5} seconds=${4:-10} warm_up=${5:-90}
here=$(cd "$(dirname "$0")" && pwd)
secret=$(cat "$folder/secrets/jwt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$here/tokens.sh"

for n in $(seq 1000); do echo "$(token "wrk-member-$(printf %011d "$n")" member)"; done > "$work/tokens"
session=$(curl -sf "$url/api/admin/sessions" -H "Authorization: Bearer $(token wrk-admin admin)" --json '{"title":"wrk",
  "upset_price":0.01,"inventory":10,"alpha":1,"beta":100,"gamma":1,"duration_seconds":36000,
  "bids_per_second":1000000}' |
  sed 's/.*"session_id":"\([^"]*\)".*/\1/')
figures() { # name, then wrk's arguments
  local name=$1
  shift
  TOKENS=$work/tokens SESSION=$session wrk -t1 -c100 --latency "$@" |
    awk -v name="$name" '/^ +50%/ {p50 = $2} /^ +99%/ {p99 = $2} /Requests\/sec/ {rate = $2} /Non-2xx/ {other = "  " $0}
      END {printf "%-12s %10.0f/s   p50 %-9s p99 %s%s\n", name, rate, p50, p99, other}'
}

KEYS=on figures warm-up -d"$warm_up" -s "$here/bids.lua" "$url"
for round in $(seq "$rounds"); do
  echo "round $round"
  KEYS=on figures keys -d"$seconds" -s "$here/bids.lua" "$url"
  KEYS=off figures "no keys" -d"$seconds" -s "$here/bids.lua" "$url"
  figures "health/live" -d"$seconds" "$url/health/live"
done
