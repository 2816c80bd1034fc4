-- An answer of one learner after the other, with a pause of PAUSE ms on its connection; LIVE=on asks for /health/live instead.
local tokens, next_token = {}, 0
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = "Bearer " .. line end
local pause, live = tonumber(os.getenv("PAUSE")), os.getenv("LIVE") == "on"
local headers, answers = { ["Content-Type"] = "application/json" }, 0

request = function()
  if live then return wrk.format("GET", "/health/live") end
  next_token = next_token % #tokens + 1
  answers = answers + 1
  local body = string.format('{"word_id":"word-%d","is_correct":%s,"response_time":%d,"dwell_time":3000}',
    answers * 7 % 200, answers % 5 == 0 and "false" or "true", 1500 + answers % 13 * 100)
  headers["Authorization"] = tokens[next_token]
  return wrk.format("POST", "/api/amas/process", headers, body)
end

if pause > 0 then
  delay = function() return math.random(pause - 10, pause + 10) end
end
