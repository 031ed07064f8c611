/** Browser script of the page that acts as laboratory and province: sends each form as JSON and shows the answer. */
export const partnersScript = `'use strict'
function read(form) {
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
  if (form.dataset.path === '/partners/codes' || values.action === 'withdraw') {
    return values.action === 'withdraw' ? { action: values.action, number: values.number } : values
  }
  const { hoursAgo = '0', ...rest } = values
  return { ...rest, sampledAt: new Date(Date.now() - Number(hoursAgo) * 3600000).toISOString() }
}

for (const form of document.querySelectorAll('form[data-path]')) {
  const fault = form.querySelector('.fault')
  const told = form.querySelector('.told')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    fault.hidden = true
    told.textContent = ''
    try {
      const answer = await fetch(form.dataset.path, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(read(form)),
      })
      const json = await answer.json()
      if (!answer.ok) {
        const fields = (json.fields || []).map((each) => each.field + ' ' + each.reason).join('; ')
        throw new Error((json.message || json.code) + (fields ? ' (' + fields + ')' : ''))
      }
      if (json.number) form.elements.number.value = json.number
      told.textContent = '已接收 Accepted' + (json.number ? ': ' + json.number : '')
    } catch (error) {
      // What was typed stays.
      fault.hidden = false
      fault.textContent = '未接收 Not accepted: ' + error.message
    }
  })
}
`
