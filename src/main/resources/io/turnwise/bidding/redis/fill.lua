-- Adds standings to a board that is being filled beside the one that serves; it is forgotten if nobody swaps it in.
-- KEYS: board, price, bid, name (all of the new one)
-- ARGV: seconds to keep it, then per bidder: user, place, price, details, name
local board, price, bid, name = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
for at = 2, #ARGV, 5 do
  local user = ARGV[at]
  redis.call('ZADD', board, 0, ARGV[at + 1] .. ':' .. user)
  redis.call('ZADD', price, 0, ARGV[at + 2] .. ':' .. user)
  redis.call('HSET', bid, user, ARGV[at + 1] .. ARGV[at + 2] .. ARGV[at + 3])
  redis.call('HSET', name, user, ARGV[at + 4])
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
return {}
