-- wrk's side: a body that differs from request to request, and the result as one line of JSON.
-- https://github.com/wg/wrk/blob/master/SCRIPTING
local count = 0

function init(args)
   local body = args[1]
   if not body then return end
   request = function()
      count = count + 1
      return wrk.format("POST", nil, nil, (body:gsub("@", string.format("%02d", count % 28 + 1))))
   end
end

function done(summary, latency, requests)
   local e = summary.errors
   io.write(string.format(
      '\nRESULT {"requests": %d, "microseconds": %d, "p50_us": %d, "p99_us": %d, "failed": %d, "refused": %d}\n',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      e.connect + e.read + e.write + e.timeout, e.status))
end
