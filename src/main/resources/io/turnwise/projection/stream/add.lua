-- Adds messages to a stream that is whole.
-- KEYS  stream, state of the stream, last offset by source
-- ARGV  state that is expected, length at most, source, offset that must have been reached, offset after these messages,
--       number of fields and values per message, then these
local function number(offset)
  local tx, ordering = string.match(offset or '', '^(%d+):(%d+)$')
  return tonumber(tx or 0), tonumber(ordering or 0)
end

if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return {'LOST'}
end
local reachedTx, reached = number(redis.call('HGET', KEYS[3], ARGV[3]) or nil)
local knownTx, known = number(ARGV[4])
if reachedTx < knownTx or (reachedTx == knownTx and reached < known) then
  redis.call('DEL', KEYS[2]) -- an older copy has taken over: messages are missing
  return {'LOST'}
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  return {'FULL'}
end
local width = tonumber(ARGV[6])
for first = 7, #ARGV, width do
  redis.call('XADD', KEYS[1], '*', unpack(ARGV, first, first + width - 1))
end
redis.call('HSET', KEYS[3], ARGV[3], ARGV[5])
return {'ADDED'}
