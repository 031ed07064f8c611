/** Browser script of the phone page. A string, because the bundle is one file and nothing else is served from disk. */
export const phoneScript = `'use strict'
const list = document.getElementById('messages')
const filter = document.getElementById('phone')
const status = document.getElementById('status')
const shown = new Map()
let timer = 0
let turn = 0
let filledOnce = false

const asked = new URLSearchParams(location.search).get('phone')
if (asked) filter.value = asked.trim()

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric',
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
})

function isWhole(typed) {
  return /^(\\+[1-9]\\d{6,14}|1\\d{10}|(00)?861\\d{10})$/.test(typed)
}

function toReadable(phone) {
  const mainland = /^\\+86(\\d{3})(\\d{4})(\\d{4})$/.exec(phone)
  return mainland ? '+86 ' + mainland[1] + ' ' + mainland[2] + ' ' + mainland[3] : phone
}

async function refresh() {
  clearTimeout(timer)
  const mine = ++turn
  const typed = filter.value.replace(/[\\s()-]/g, '')
  const query = new URLSearchParams({ limit: '100' })
  if (isWhole(typed)) query.set('phone', typed)
  let live = true
  try {
    const answer = await fetch('/sms?' + query, {
      headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(5000),
    })
    if (!answer.ok) throw new Error(String(answer.status))
    const messages = await answer.json()
    if (mine !== turn) return
    const digits = typed.replace(/\\D/g, '')
    show(query.has('phone') ? messages : messages.filter((message) => message.phone.includes(digits)), typed !== '')
  } catch {
    live = false
  }
  if (mine !== turn) return
  tellStatus(live)
  timer = setTimeout(refresh, document.hidden ? 5000 : 1000)
}

function tellStatus(live) {
  const state = live ? 'live' : 'lost'
  if (status.dataset.state === state) return
  status.dataset.state = state
  status.querySelector('.zh').textContent = status.dataset[live ? 'zhLive' : 'zhLost']
  status.querySelector('.en').textContent = status.dataset[live ? 'enLive' : 'enLost']
}

function show(messages, filtered) {
  const repeats = new Map()
  const wanted = new Map()
  // Counted from the oldest on, so that a later twin does not take the place of an earlier one.
  for (const message of messages.slice().reverse()) {
    const plain = message.sentAt + message.phone + message.text
    const nth = (repeats.get(plain) || 0) + 1
    repeats.set(plain, nth)
    wanted.set(plain + nth, message)
  }
  for (const [key, item] of shown) {
    if (wanted.has(key)) continue
    item.remove()
    shown.delete(key)
  }
  // Items that stay are not moved, so that the keyboard focus stays with them.
  let below = null
  for (const [key, message] of wanted) {
    let item = shown.get(key)
    if (!item) {
      item = render(message)
      shown.set(key, item)
      list.insertBefore(item, below || null)
      if (filledOnce) announce(message)
    }
    below = item
  }
  filledOnce = true
  document.getElementById('empty').hidden = messages.length > 0 || filtered
  document.getElementById('unmatched').hidden = messages.length > 0 || !filtered
}

function render(message) {
  const item = document.getElementById('message').content.firstElementChild.cloneNode(true)
  item.querySelector('.from').textContent = toReadable(message.phone)
  const sent = item.querySelector('time')
  sent.dateTime = message.sentAt
  sent.textContent = time.format(new Date(message.sentAt))
  item.querySelector('.text').textContent = message.text
  if (message.code === null) item.querySelector('.code-line').remove()
  else prepareCode(item, message.code)
  return item
}

function prepareCode(item, code) {
  item.querySelector('.code').textContent = code
  const button = item.querySelector('.copy')
  button.setAttribute('aria-label', '复制 Copy ' + code.split('').join(' '))
  button.addEventListener('click', async () => {
    if (!(await copy(code, item.querySelector('.code')))) return
    button.querySelector('.idle').hidden = true
    button.querySelector('.done').hidden = false
    document.getElementById('announcement').textContent = '已复制 Copied'
    setTimeout(() => {
      button.querySelector('.idle').hidden = false
      button.querySelector('.done').hidden = true
    }, 2000)
  })
}

async function copy(text, element) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Outside localhost and HTTPS there is no clipboard: select it, and use the old command.
    const range = document.createRange()
    range.selectNodeContents(element)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return document.execCommand('copy')
  }
}

function announce(message) {
  document.getElementById('announcement').textContent =
    '新短信 New message ' + message.phone.slice(-4) + (message.code ? ' ' + message.code.split('').join(' ') : '')
}

filter.form.addEventListener('submit', (event) => event.preventDefault())
filter.addEventListener('input', () => {
  const typed = filter.value.trim()
  history.replaceState(null, '', typed ? '?phone=' + encodeURIComponent(typed) : location.pathname)
  filledOnce = false
  refresh()
})
document.addEventListener('visibilitychange', refresh)
refresh()
`
