-- What the generator sends: unique requests of random persons at random doors, from files that the bench wrote.
-- wrk ... -- <directory> <scan weight> <pass weight> <check weight> <seed>
local random, format, char = math.random, string.format, string.char

local function read(name)
  local lines, file = {}, io.open(name)
  if file then
    for line in file:lines() do lines[#lines + 1] = line end
    file:close()
  end
  return lines
end

local tokens, codes, devices, personal
local scanWeight, passWeight, total

function init(args)
  local directory = args[1]
  math.randomseed(tonumber(args[5]))
  tokens, codes = read(directory .. "/tokens"), read(directory .. "/venue-codes")
  devices, personal = read(directory .. "/devices"), read(directory .. "/personal-codes")
  scanWeight, passWeight = tonumber(args[2]), tonumber(args[3])
  total = scanWeight + passWeight + tonumber(args[4])
end

local function uuid()
  return format("%08x-%04x-4%03x-8%03x-%06x%06x", random(0, 0x7fffffff), random(0, 0xffff), random(0, 0xfff),
    random(0, 0xfff), random(0, 0xffffff), random(0, 0xffffff))
end

local function post(path, token, body)
  return "POST " .. path .. " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nAuthorization: Bearer " ..
    token .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

local function scan()
  return post("/api/v1/visits", tokens[random(#tokens)],
    '{"requestId":"' .. uuid() .. '","venueCode":"' .. codes[random(#codes)] .. '"}')
end

local function check()
  local at = random(#devices / 2) * 2 - 1
  return post("/api/v1/checks", devices[at + 1], '{"requestId":"' .. uuid() .. '","pointId":"' .. devices[at] ..
    '","qrText":"' .. personal[random(#personal)] .. '","purpose":"bench"}')
end

local function pass()
  return "GET /api/v1/me/pass HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " .. tokens[random(#tokens)] .. "\r\n\r\n"
end

function request()
  local draw = random() * total
  if draw < scanWeight then return scan() end
  if draw < scanWeight + passWeight then return pass() end
  return check()
end
