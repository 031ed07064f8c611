import type { Choice, Provider, SteeringPart } from '../provider.ts'
import { both, escapeHtml, renderPage } from './layout.ts'

const modes: readonly Choice[] = [
  { value: 'ok', label: { zh: '正常', en: 'ok' } },
  { value: 'slow', label: { zh: '缓慢', en: 'slow' } },
  { value: 'down', label: { zh: '断开', en: 'down' } },
  { value: 'error', label: { zh: '出错', en: 'error' } },
]

/** `/steer`: one form per provider, made from what the provider says can be steered. Its script speaks the API. */
export function steerPage(providers: readonly Provider[]): string {
  return renderPage({
    path: '/steer',
    title: { zh: '调节应答', en: 'Steering' },
    lead: {
      zh: '决定各个替身怎样应答。点“应用”立即生效，重启后恢复默认。',
      en: 'Decide how each stand-in answers. “Apply” takes effect at once; a restart returns to the start.',
    },
    script: '/assets/steer.js',
    content: `
<div class="cards">${providers.map(form).join('')}</div>
<p class="row end"><button type="button" id="reset" class="quiet">${both({ zh: '全部恢复默认', en: 'Reset everything' })}</button></p>
<p id="told" class="told" role="status"></p>`,
  })
}

function form({ name, title, purpose, steering }: Provider): string {
  const radios = modes.map(
    ({ value, label }) =>
      `<label class="segment"><input type="radio" name="mode" value="${value}"><span>${both(label)}</span></label>`,
  )
  return `<form class="card" data-provider="${name}" aria-labelledby="form-${name}" novalidate>
<h2 id="form-${name}">${both(title)}</h2>
<p>${both(purpose)}</p>
<fieldset><legend>${both({ zh: '状态', en: 'Mode' })}</legend><div class="segments">${radios.join('')}</div></fieldset>
<div class="field delay"><label for="delay-${name}">${both({ zh: '延迟（毫秒，仅“缓慢”）', en: 'Delay in milliseconds, for “slow”' })}</label>
<input id="delay-${name}" name="delayMs" type="number" inputmode="numeric" min="0" max="60000" step="100"></div>
${steering.parts.map((part) => renderPart(name, part)).join('')}
<p class="fault" role="alert" hidden></p>
<p class="row end"><button type="submit">${both({ zh: '应用', en: 'Apply' })}</button></p>
</form>`
}

function renderPart(provider: string, part: SteeringPart): string {
  const id = `${provider}-${part.field}`
  if (part.kind === 'choice') {
    return `<div class="field"><label for="${id}">${both(part.label)}</label>
<select id="${id}" data-choice="${part.field}">${options(part.choices)}</select></div>`
  }
  const key = part.kind === 'rules' ? part.keyLabel : undefined
  const keyName = key ? `${escapeHtml(key.zh)} ${escapeHtml(key.en)}` : ''
  const keyInput = key
    ? `<input class="key" aria-label="${keyName}" placeholder="${keyName}" maxlength="100" autocomplete="off">`
    : ''
  return `<fieldset data-${part.kind}="${part.field}"><legend>${both(part.label)}</legend>
<ol class="entries"></ol>
<button type="button" class="quiet add">${both({ zh: '＋ 添加', en: 'Add' })}</button>
<template><li class="entry">${keyInput}<select aria-label="结果 Answer">${options(part.choices)}</select>
<button type="button" class="quiet remove" aria-label="删除 Remove">✕</button></li></template>
</fieldset>`
}

function options(choices: readonly Choice[]): string {
  return choices
    .map(
      ({ value, label }) =>
        `<option value="${value}">${escapeHtml(label.zh)} ${escapeHtml(label.en)}</option>`,
    )
    .join('')
}
