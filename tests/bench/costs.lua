-- wrk: a cost to the next of many files each time, always with the version that the file has by then.
local ids, sent, prefix = {}, -1, nil -- wrk makes one request more than it sends, at first

function init(arguments)
  for id in io.lines(arguments[1]) do ids[#ids + 1] = id end
  prefix = arguments[2]
  wrk.method = "POST"
  wrk.body = '{"on":"2025-03-03","amount":1000,"what":"custody"}'
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local number = math.max(sent, 0)
  local id, version = ids[number % #ids + 1], math.floor(number / #ids) + 1
  sent = sent + 1
  wrk.headers["Idempotency-Key"] = string.format("%s-0000-4000-8000-%012x", prefix, sent)
  wrk.headers["If-Match"] = string.format('"v%d"', version)
  return wrk.format(nil, "/v1/assets/" .. id .. "/costs")
end
