# Tokens of a node; to be sourced. `secret` is its JWT secret.
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
token() { # subject role
  local head payload
  head=$(printf '{"alg":"HS256"}' | base64url)
  payload=$(printf '{"sub":"%s","name":"%s","weight":1.5,"role":"%s","exp":%d}' "$1" "$1" "$2" $(($(date +%s) + 86400)) | base64url)
  printf '%s.%s.%s' "$head" "$payload" \
    "$(printf '%s.%s' "$head" "$payload" | openssl dgst -sha256 -hmac "$secret" -binary | base64url)"
}
