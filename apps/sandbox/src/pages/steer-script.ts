/** Browser script of the steering page: fills the forms from `GET /steering` and sends each with `PUT`. */
export const steerScript = `'use strict'
const forms = [...document.querySelectorAll('form[data-provider]')]
const told = document.getElementById('told')
let quiet = 0

async function call(method, body) {
  const answer = await fetch('/steering', {
    method,
    headers: body ? { accept: 'application/json', 'content-type': 'application/json' } : { accept: 'application/json' },
    body: body && JSON.stringify(body),
    cache: 'no-store',
  })
  const json = await answer.json()
  if (!answer.ok) throw new Error(json.message)
  return json
}

function fill(form, state) {
  const mode = [...form.elements.mode].find((radio) => radio.value === state.mode)
  if (mode) mode.checked = true
  form.elements.delayMs.value = state.delayMs
  for (const select of form.querySelectorAll('[data-choice]')) select.value = state[select.dataset.choice]
  for (const set of form.querySelectorAll('[data-rules]')) {
    set.querySelector('.entries').replaceChildren()
    for (const [key, verdict] of Object.entries(state[set.dataset.rules])) addEntry(set, verdict, key)
  }
  for (const set of form.querySelectorAll('[data-queue]')) {
    set.querySelector('.entries').replaceChildren()
    for (const verdict of state[set.dataset.queue]) addEntry(set, verdict)
  }
  tellFault(form, '')
}

function addEntry(set, verdict, key) {
  const entry = set.querySelector('template').content.firstElementChild.cloneNode(true)
  if (verdict) entry.querySelector('select').value = verdict
  if (key) entry.querySelector('.key').value = key
  entry.querySelector('.remove').addEventListener('click', () => {
    entry.remove()
    set.querySelector('.add').focus()
  })
  set.querySelector('.entries').append(entry)
  return entry
}

function read(form) {
  const delay = form.elements.delayMs.value
  const state = { mode: form.elements.mode.value, delayMs: delay === '' ? null : Number(delay) }
  for (const select of form.querySelectorAll('[data-choice]')) state[select.dataset.choice] = select.value
  for (const set of form.querySelectorAll('[data-rules]')) {
    const rules = [...set.querySelectorAll('.entry')]
      .map((entry) => [entry.querySelector('.key').value.trim(), entry.querySelector('select').value])
      .filter(([key]) => key !== '')
    state[set.dataset.rules] = Object.fromEntries(rules)
  }
  for (const set of form.querySelectorAll('[data-queue]')) {
    state[set.dataset.queue] = [...set.querySelectorAll('.entry select')].map((select) => select.value)
  }
  return state
}

function tell(text) {
  clearTimeout(quiet)
  told.textContent = text
  quiet = setTimeout(() => { told.textContent = '' }, 4000)
}

function tellFault(form, text) {
  const fault = form.querySelector('.fault')
  fault.hidden = text === ''
  fault.textContent = text
  if (text !== '') told.textContent = ''
}

async function load() {
  try {
    const state = await call('GET')
    for (const form of forms) fill(form, state[form.dataset.provider])
  } catch {
    tell('读取失败，请刷新页面 Could not load, please reload')
  }
}

for (const form of forms) {
  for (const set of form.querySelectorAll('[data-rules], [data-queue]')) {
    set.querySelector('.add').addEventListener('click', () => {
      addEntry(set).querySelector('.key, select').focus()
    })
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const name = form.dataset.provider
    try {
      const state = await call('PUT', { [name]: read(form) })
      fill(form, state[name])
      tell('已生效 Applied')
    } catch (error) {
      // What was typed stays.
      tellFault(form, '未生效 Not applied: ' + error.message)
    }
  })
}

document.getElementById('reset').addEventListener('click', async () => {
  try {
    const state = await call('DELETE')
    for (const form of forms) fill(form, state[form.dataset.provider])
    tell('已全部恢复默认 Everything reset')
  } catch {
    tell('未能恢复 Could not reset')
  }
})
load()
`
