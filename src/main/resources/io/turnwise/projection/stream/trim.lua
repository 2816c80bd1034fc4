-- Drops what all groups have acknowledged from a stream that is long.
-- KEYS  stream
-- ARGV  length from which on, names of all groups that are registered
if redis.call('XLEN', KEYS[1]) <= tonumber(ARGV[1]) then
  return {0}
end

local function before(one, other)
  local oneTime, oneNumber = string.match(one, '(%d+)-(%d+)')
  local otherTime, otherNumber = string.match(other, '(%d+)-(%d+)')
  oneTime, otherTime = tonumber(oneTime), tonumber(otherTime)
  return oneTime < otherTime or (oneTime == otherTime and tonumber(oneNumber) < tonumber(otherNumber))
end

local needed
local there = {}
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local fields = {}
  for i = 1, #group, 2 do
    fields[group[i]] = group[i + 1]
  end
  there[fields['name']] = true
  local first = fields['last-delivered-id']
  if fields['pending'] > 0 then
    first = redis.call('XPENDING', KEYS[1], fields['name'])[2]
  end
  if not needed or before(first, needed) then
    needed = first
  end
end
for i = 2, #ARGV do
  if not there[ARGV[i]] then
    return {0} -- it has read nothing yet
  end
end
if needed then
  return {redis.call('XTRIM', KEYS[1], 'MINID', '~', needed)}
end
return {redis.call('XTRIM', KEYS[1], 'MAXLEN', '~', ARGV[1])} -- nobody listens
