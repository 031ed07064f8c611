import { both, renderPage } from './layout.ts'

const field = (form: string, name: string, label: { zh: string; en: string }, input: string) =>
  `<div class="field"><label for="${form}-${name}">${both(label)}</label>${input}</div>`

const text = (form: string, name: string, type = 'text') =>
  `<input id="${form}-${name}" name="${name}" type="${type}" autocomplete="off" maxlength="64">`

const select = (form: string, name: string, options: readonly [string, string][]) =>
  `<select id="${form}-${name}" name="${name}">${options.map(([value, words]) => `<option value="${value}">${words}</option>`).join('')}</select>`

const submit = `<p class="fault" role="alert" hidden></p><p class="told" role="status"></p>
<p class="row end"><button type="submit">${both({ zh: '发送', en: 'Send' })}</button></p>`

/** `/partners`: a laboratory and the province by hand, so that colours can be seen to move. */
export function partnersPage(): string {
  return renderPage({
    path: '/partners',
    title: { zh: '检验机构与省平台', en: 'Laboratory and province' },
    lead: {
      zh: '以检验机构的身份报送、更正、撤回核酸结果，或以省平台的身份推送省码，与真实接口相同。证件号码见 jkb demo。',
      en: 'Report, correct and withdraw test results as a laboratory, or push a code as the province, over the real interface. Document numbers: jkb demo.',
    },
    script: '/assets/partners.js',
    content: `
<div class="cards">
<form class="card" data-path="/partners/results" aria-labelledby="form-results" novalidate>
<h2 id="form-results">${both({ zh: '检验机构：核酸结果', en: 'Laboratory: test result' })}</h2>
${field(
  'results',
  'action',
  { zh: '操作', en: 'Act' },
  select('results', 'action', [
    ['report', '报送 report'],
    ['correct', '更正 correct'],
    ['withdraw', '撤回 withdraw'],
  ]),
)}
${field('results', 'number', { zh: '结果编号（报送时可不填；更正、撤回必填）', en: 'Number: as given when reported' }, text('results', 'number'))}
${field('results', 'documentNumber', { zh: '居民身份证号码', en: 'Resident ID number' }, text('results', 'documentNumber'))}
${field(
  'results',
  'result',
  { zh: '结果', en: 'Result' },
  select('results', 'result', [
    ['negative', '阴性 negative'],
    ['positive', '阳性 positive'],
  ]),
)}
${field(
  'results',
  'kind',
  { zh: '方式', en: 'Kind' },
  select('results', 'kind', [
    ['single', '单采 single'],
    ['pooled', '混采 pooled'],
  ]),
)}
${field('results', 'hoursAgo', { zh: '几小时前采样', en: 'Sampled so many hours ago' }, text('results', 'hoursAgo', 'number'))}
${submit}
</form>
<form class="card" data-path="/partners/codes" aria-labelledby="form-codes" novalidate>
<h2 id="form-codes">${both({ zh: '省平台：推送省码', en: 'Province: push a code' })}</h2>
${field('codes', 'documentNumber', { zh: '居民身份证号码', en: 'Resident ID number' }, text('codes', 'documentNumber'))}
${field(
  'codes',
  'colour',
  { zh: '颜色', en: 'Colour' },
  select('codes', 'colour', [
    ['green', '绿码 green'],
    ['yellow', '黄码 yellow'],
    ['red', '红码 red'],
  ]),
)}
${submit}
</form>
</div>`,
  })
}
