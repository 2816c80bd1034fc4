-- Makes a stream that has been filled anew whole, unless somebody else has begun to fill it, or it is lost once more.
-- KEYS  state of the stream
-- ARGV  state that is expected, state from now on
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return {0}
end
redis.call('SET', KEYS[1], ARGV[2])
return {1}
