-- Reads a page of a board, all of one moment.
-- KEYS: board, price, bid, name, meta
-- ARGV: offset, limit
-- Returns {} when there is no board or it is not served from here, else {version, inventory, size, first of prices, place of the last winner,
--          (user, details, name)...}
local board, price, bid, name, meta = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local head = redis.call('HMGET', meta, 'version', 'inventory', 'serves')
if not head[1] or head[3] == '0' then return {} end
local inventory = tonumber(head[2])
local offset, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local result = {
  head[1],
  head[2],
  redis.call('ZCARD', board),
  redis.call('ZRANGE', price, 0, 0)[1] or '',
  redis.call('ZRANGE', board, inventory - 1, inventory - 1)[1] or '',
}
for _, member in ipairs(redis.call('ZRANGE', board, offset, offset + limit - 1)) do
  local user = string.sub(member, 34)
  result[#result + 1] = user
  result[#result + 1] = redis.call('HGET', bid, user)
  result[#result + 1] = redis.call('HGET', name, user)
end
return result
