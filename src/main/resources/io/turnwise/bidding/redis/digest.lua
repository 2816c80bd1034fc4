-- Says what a board holds, to be compared.
-- KEYS: board, price, bid, name, meta
-- Returns {version or '', sha1 of places with bidders, sha1 of prices with bidders}
local function digest(key)
  return redis.sha1hex(table.concat(redis.call('ZRANGE', key, 0, -1), '\n'))
end
return { redis.call('HGET', KEYS[5], 'version') or '', digest(KEYS[1]), digest(KEYS[2]) }
