-- Puts a filled board in the place of the one that serves, unless that one has come as far meanwhile.
-- KEYS: board, price, bid, name, meta, then the first four of the new one
-- ARGV: version of the new one, meta fields and values...
-- Returns {1 swapped or 0 not}
local stored = tonumber(redis.call('HGET', KEYS[5], 'version') or '-1')
local version = tonumber(ARGV[1])
if stored >= version then
  redis.call('DEL', KEYS[6], KEYS[7], KEYS[8], KEYS[9])
  return { 0 }
end
for n = 1, 4 do
  if redis.call('EXISTS', KEYS[5 + n]) == 1 then
    redis.call('RENAME', KEYS[5 + n], KEYS[n])
    redis.call('PERSIST', KEYS[n])
  else
    redis.call('DEL', KEYS[n])
  end
end
redis.call('DEL', KEYS[5])
for at = 2, #ARGV, 2 do redis.call('HSET', KEYS[5], ARGV[at], ARGV[at + 1]) end
redis.call('HSET', KEYS[5], 'version', version)
return { 1 }
