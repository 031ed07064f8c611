-- Like requests.lua, and counts the answers by status. Looking at every answer costs the generator a little.
dofile(debug.getinfo(1, "S").source:sub(2):match("(.*/)") .. "requests.lua")

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

statuses, refused = "", ""
local counts = {}
function response(status, _, body)
  if status >= 400 and refused == "" then refused = status .. " " .. body:sub(1, 300):gsub("%s+", " ") end
  counts[status] = (counts[status] or 0) + 1
  if counts[status] % 50 == 1 then
    local text = {}
    for code, count in pairs(counts) do text[#text + 1] = code .. "=" .. count end
    statuses = table.concat(text, " ")
  end
end

function done()
  for _, thread in ipairs(threads) do 
    print("STATUSES " .. thread:get("statuses"))
    print("REFUSED " .. thread:get("refused"))
  end
end
