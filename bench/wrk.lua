-- wrk's side: a body that differs from request to request, and the result as one line of JSON at the end.
-- https://github.com/wg/wrk/blob/master/SCRIPTING
local count = 0

function init(args)
   if args[1] == "" then return end
   request = function()
      count = count + 1
      return wrk.format("POST", nil, nil, (args[1]:gsub("@", string.format("%02d", count % 28 + 1))))
   end
end

function done(summary, latency)
   local e = summary.errors
   io.write(string.format('RESULT {"requests": %d, "per_second": %f, "p50_ms": %f, "p99_ms": %f, "bad": %d}\n',
      summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
      latency:percentile(99) / 1000, e.connect + e.read + e.write + e.timeout + e.status))
end
