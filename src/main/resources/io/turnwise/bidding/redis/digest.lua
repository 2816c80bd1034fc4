-- Says what a board holds, to be compared.
-- KEYS: board, price, bid, name, meta
-- Returns {version or '', sha1 of places with bidders, sha1 of prices with bidders, sha1 of details and names in the order
--          of the board}
local function digest(members)
  return redis.sha1hex(table.concat(members, '\n'))
end
local places = redis.call('ZRANGE', KEYS[1], 0, -1)
local rest = {}
for n, place in ipairs(places) do
  local user = string.sub(place, 34)
  rest[2 * n - 1] = redis.call('HGET', KEYS[3], user) or ''
  rest[2 * n] = redis.call('HGET', KEYS[4], user) or ''
end
return {
  redis.call('HGET', KEYS[5], 'version') or '',
  digest(places),
  digest(redis.call('ZRANGE', KEYS[2], 0, -1)),
  digest(rest),
}
