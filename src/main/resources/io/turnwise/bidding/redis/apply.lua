-- Applies turns to a board, all or nothing.
-- KEYS: board, price, bid, name, meta
-- ARGV: first version, last version, number of meta values, (field, value)..., number of bidders who have left,
--       (user)..., then per changed bidder: user, place (32 hex: score, sequence), price (16 hex), details,
--       name ('' = as before)
-- Returns {applied (1), skipped (0) or gap (-1), stored version afterwards}
local board, price, bid, name, meta = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local stored = tonumber(redis.call('HGET', meta, 'version') or '0')
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
if last <= stored then return { 0, stored } end
if first > stored + 1 then return { -1, stored } end

local at = 4
for _ = 1, tonumber(ARGV[3]) do
  redis.call('HSET', meta, ARGV[at], ARGV[at + 1])
  at = at + 2
end
local function leave(user)
  local former = redis.call('HGET', bid, user)
  if former then
    redis.call('ZREM', board, string.sub(former, 1, 32) .. ':' .. user)
    redis.call('ZREM', price, string.sub(former, 33, 48) .. ':' .. user)
  end
end
local leaving = tonumber(ARGV[at])
at = at + 1
for _ = 1, leaving do
  leave(ARGV[at])
  redis.call('HDEL', bid, ARGV[at])
  redis.call('HDEL', name, ARGV[at])
  at = at + 1
end
while at <= #ARGV do
  local user, place, cents = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  leave(user)
  redis.call('ZADD', board, 0, place .. ':' .. user)
  redis.call('ZADD', price, 0, cents .. ':' .. user)
  redis.call('HSET', bid, user, place .. cents .. ARGV[at + 3])
  if ARGV[at + 4] ~= '' then redis.call('HSET', name, user, ARGV[at + 4]) end
  at = at + 5
end
redis.call('HSET', meta, 'version', last)
return { 1, last }
