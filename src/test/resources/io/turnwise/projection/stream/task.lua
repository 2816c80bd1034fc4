-- What one message does to the view of tasks, all of it or nothing.
-- KEYS  view of the task, version of the task that is in it, tasks of the user by time, figures of the user
-- ARGV  name, version and time of the message, the task, its title
if tonumber(redis.call('GET', KEYS[2]) or 0) >= tonumber(ARGV[2]) then
  return {0}
end
redis.call('SET', KEYS[2], ARGV[2])
if ARGV[1] == 'task.created/1' then
  redis.call('SET', KEYS[1], cjson.encode({title = ARGV[5], done = false}))
  redis.call('ZADD', KEYS[3], ARGV[3], ARGV[4])
  redis.call('HINCRBY', KEYS[4], 'total_tasks', 1)
else
  local view = cjson.decode(redis.call('GET', KEYS[1]))
  view.done = true
  redis.call('SET', KEYS[1], cjson.encode(view))
  redis.call('HINCRBY', KEYS[4], 'done_tasks', 1)
end
return {1}
