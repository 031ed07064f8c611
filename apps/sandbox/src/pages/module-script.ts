/** Browser script of the sample module: takes the token out of the address and has it redeemed by its own server. */
export const moduleScript = `'use strict'
const state = document.querySelector('#state')
const person = document.querySelector('#person')
const claims = document.querySelector('#claims')
const form = document.querySelector('#form')

async function signIn(token, service) {
  person.replaceChildren()
  claims.textContent = ''
  state.textContent = '正在核验 Checking'
  try {
    const answer = await fetch('/module/sign-in', {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ token, service }),
    })
    const json = await answer.json()
    if (!answer.ok) throw new Error(json.code + ': ' + json.message)
    state.textContent = '已核验 Checked'
    for (const [name, value] of Object.entries(json.person)) {
      const row = document.createElement('div')
      const term = document.createElement('dt')
      const what = document.createElement('dd')
      term.textContent = name
      what.textContent = Array.isArray(value) ? value.join(', ') : String(value)
      row.append(term, what)
      person.append(row)
    }
    claims.textContent = JSON.stringify(json.claims, null, 2)
  } catch (error) {
    state.textContent = '被拒绝 Refused — ' + error.message
  }
}

const begin = () => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token')
  if (!token) return
  // Nobody finds it in the history of the browser.
  history.replaceState(null, '', location.pathname)
  void signIn(token, 'sample-module')
}
addEventListener('hashchange', begin)
begin()
form.addEventListener('submit', (event) => {
  event.preventDefault()
  void signIn(form.elements.token.value.trim(), form.elements.service.value.trim())
})
`
