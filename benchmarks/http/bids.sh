#!/usr/bin/env bash
# Bids a second over HTTP on one session: wrk -t1 -c100 against a running node, whose JWT secret is read from its data folder.
#   benchmarks/http/bids.sh [DATA_FOLDER] [URL] [ROUNDS] [SECONDS]
set -euo pipefail
folder=${1:-data} url=${2:-http://127.0.0.1:8080} rounds=${3:-5} seconds=${4:-10}
here=$(cd "$(dirname "$0")" && pwd)
secret=$(cat "$folder/secrets/jwt")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
token() { # subject role
  local head payload
  head=$(printf '{"alg":"HS256"}' | base64url)
  payload=$(printf '{"sub":"%s","name":"%s","weight":1.5,"role":"%s","exp":%d}' "$1" "$1" "$2" $(($(date +%s) + 86400)) | base64url)
  printf '%s.%s.%s' "$head" "$payload" \
    "$(printf '%s.%s' "$head" "$payload" | openssl dgst -sha256 -hmac "$secret" -binary | base64url)"
}

for n in $(seq 1000); do echo "$(token "wrk-member-$(printf %011d "$n")" member)"; done > "$work/tokens"
session=$(curl -sf "$url/api/admin/sessions" -H "Authorization: Bearer $(token wrk-admin admin)" --json '{"title":"wrk",
  "upset_price":0.01,"inventory":10,"alpha":1,"beta":100,"gamma":1,"duration_seconds":36000,
  "bids_per_second":1000000}' |
  sed 's/.*"session_id":"\([^"]*\)".*/\1/')
for round in $(seq "$rounds"); do
  echo "round $round"
  TOKENS=$work/tokens SESSION=$session wrk -t1 -c100 -d"$seconds" --latency -s "$here/bids.lua" "$url" |
    grep -E '50%|99%|Requests/sec|Non-2xx' || true
done
