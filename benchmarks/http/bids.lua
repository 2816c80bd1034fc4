-- A bid of a random price by one member after the other, each with an idempotency key of its own unless KEYS=off.
local tokens, next_token = {}, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = "Bearer " .. line end
local run, bids = os.time(), 0
local session = os.getenv("SESSION")
local keys, headers = os.getenv("KEYS") ~= "off", {}
math.randomseed(os.time())

request = function()
  next_token = next_token % #tokens + 1
  local body = string.format('{"session_id":"%s","price":%.2f}', session, 10 + math.random() * 1000)
  bids = bids + 1
  headers["Authorization"] = tokens[next_token]
  if keys then headers["Idempotency-Key"] = run .. "-" .. bids end
  return wrk.format("POST", "/api/bid", headers, body)
end
