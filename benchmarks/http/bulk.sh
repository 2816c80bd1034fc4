#!/usr/bin/env bash
# Bids a second over one connection on one session: POST /api/bids to a running node, whose JWT secret is read from its data
# folder. Lines of one round; rounds; warm-up rounds before them; keys or plain: whether each bid has an idempotency key.
#   benchmarks/http/bulk.sh [DATA_FOLDER] [URL] [LINES] [ROUNDS] [WARM_UPS] [keys|plain]
set -euo pipefail
folder=$(realpath "${1:-data}")
mvn -q -f "$(dirname "$0")/../pom.xml" compile exec:exec@bulk \
  -Dfolder="$folder" -Durl="${2:-http://127.0.0.1:8080}" -Dlines="${3:-1000000}" -Drounds="${4:-5}" -DwarmUps="${5:-5}" -Dkeys="${6:-plain}"
