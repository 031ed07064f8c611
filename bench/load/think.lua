-- Like requests.lua, but each connection is a phone with something else to do between two requests, so long that no
-- answer keeps the next request waiting: arrivals do not depend on answers, and the generator costs next to nothing.
dofile(debug.getinfo(1, "S").source:sub(2):match("(.*/)") .. "requests.lua")

local prepare, think = init, 0
function init(args)
  prepare(args)
  think = tonumber(args[6])
end

function delay() return math.floor(think * 2 * math.random()) end
