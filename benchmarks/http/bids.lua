-- A bid of a random price by one member after the other, each with an idempotency key of its own.
local tokens, next_token = {}, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = "Bearer " .. line end
local run, bids = os.time(), 0
local session = os.getenv("SESSION")
math.randomseed(os.time())

request = function()
  next_token = next_token % #tokens + 1
  local body = string.format('{"session_id":"%s","price":%.2f}', session, 10 + math.random() * 1000)
  bids = bids + 1
  return wrk.format("POST", "/api/bid", { ["Authorization"] = tokens[next_token], ["Idempotency-Key"] = run .. "-" .. bids }, body)
end
