-- What the generator sends: unique requests of random persons at random doors, from files that the bench wrote.
-- wrk ... -- <directory> <scan weight> <pass weight> <check weight> <seed> <think ms> <sample weight>
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
local scanWeight, passWeight, checkWeight, total
local samples, nextSample = {}, 0

function init(args)
  local directory = args[1]
  math.randomseed(tonumber(args[5]))
  tokens, codes = read(directory .. "/tokens"), read(directory .. "/venue-codes")
  devices, personal = read(directory .. "/devices"), read(directory .. "/personal-codes")
  scanWeight, passWeight = tonumber(args[2]), tonumber(args[3])
  checkWeight = tonumber(args[4])
  local sampleWeight = tonumber(args[7] or "0")
  total = scanWeight + passWeight + checkWeight + sampleWeight
  if sampleWeight > 0 then samples = read(directory .. "/samples") end
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

-- A code is always at its own door: a live code at two doors within its minute is an alarm, and no ordinary check.
local function check()
  local code = random(#personal)
  local at = code % (#devices / 2) * 2 + 1
  return post("/api/v1/checks", devices[at + 1], '{"requestId":"' .. uuid() .. '","pointId":"' .. devices[at] ..
    '","qrText":"' .. personal[code] .. '","purpose":"bench"}')
end

local function pass()
  return "GET /api/v1/me/pass HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " .. tokens[random(#tokens)] .. "\r\n\r\n"
end

-- Four lines each: session of the sampler, tube, request, code of the person. In order, so that a tube is filled by one after the other.
local function sample()
  local at = nextSample * 4 % #samples
  nextSample = nextSample + 1
  local body = '{"requestId":"' .. samples[at + 3] .. '","barcode":"' .. samples[at + 2] .. '","qrText":"' .. samples[at + 4] .. '"}'
  return "POST /api/v1/sampling/samples HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nX-CSRF-Token: bench\r\nCookie: jkb_operator=" ..
    samples[at + 1] .. "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function request()
  local draw = random() * total
  if draw < scanWeight then return scan() end
  if draw < scanWeight + passWeight then return pass() end
  if draw < scanWeight + passWeight + checkWeight then return check() end
  return sample()
end
