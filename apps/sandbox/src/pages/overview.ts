import type { Provider, Wording } from '../provider.ts'
import { both, escapeHtml, renderPage } from './layout.ts'

const modeLabels: Readonly<Record<string, Wording>> = {
  ok: { zh: '正常', en: 'ok' },
  slow: { zh: '缓慢', en: 'slow' },
  down: { zh: '断开', en: 'down' },
  error: { zh: '出错', en: 'error' },
}

const activityLabels: Readonly<Record<string, Wording>> = {
  held: { zh: '留存', en: 'held' },
  calls: { zh: '调用', en: 'calls' },
  imageBytes: { zh: '图片字节', en: 'image bytes' },
}

const endpoints: readonly { call: string; purpose: Wording }[] = [
  {
    call: 'GET /sms?phone=13800000001',
    purpose: { zh: '该号码的短信，新的在前', en: 'Messages of one phone, newest first' },
  },
  { call: 'GET /steering', purpose: { zh: '当前设置', en: 'Current steering' } },
  { call: 'PUT /steering', purpose: { zh: '更改给出的字段', en: 'Changes the fields it is given' } },
  { call: 'DELETE /steering', purpose: { zh: '全部恢复默认', en: 'Back to the start' } },
  {
    call: 'POST /partners/results',
    purpose: { zh: '以检验机构身份报送、更正、撤回', en: 'Acts as a laboratory' },
  },
  { call: 'POST /partners/codes', purpose: { zh: '以省平台身份推送省码', en: 'Acts as the province' } },
  {
    call: 'POST /module/sign-in',
    purpose: { zh: '示例外部服务兑换令牌', en: 'The sample module redeems a token' },
  },
  { call: 'GET /activity', purpose: { zh: '调用计数', en: 'Counts of calls' } },
  { call: 'GET /healthz', purpose: { zh: '是否在运行', en: 'Whether it runs' } },
]

/** `/`: what this is, what each provider does now, and where everything is. */
export function overviewPage(providers: readonly Provider[]): string {
  const calls = endpoints.map(
    ({ call, purpose }) => `<li><code>${escapeHtml(call)}</code><span>${both(purpose)}</span></li>`,
  )
  return renderPage({
    path: '/',
    title: { zh: '演示环境', en: 'Sandbox' },
    lead: {
      zh: '短信网关、身份核验、人脸核验的替身，通过真实 HTTP 应答。仅用于演示与测试，重启后清空。',
      en: 'Stand-ins for outside providers, answering over real HTTP. For demonstration and tests; a restart empties it.',
    },
    content: `
<div class="doors">
<a class="door" href="/phone"><strong>${both({ zh: '看短信验证码', en: 'Read SMS codes' })}</strong></a>
<a class="door" href="/steer"><strong>${both({ zh: '调节应答', en: 'Steer the answers' })}</strong></a>
<a class="door" href="/partners"><strong>${both({ zh: '报送结果、推送省码', en: 'Report results, push codes' })}</strong></a>
</div>
<div class="cards">${providers.map(card).join('')}</div>
<section class="card" aria-labelledby="calls">
<h2 id="calls">${both({ zh: '接口', en: 'Endpoints' })}</h2>
<ul class="calls">${calls.join('')}</ul>
</section>`,
  })
}

function card({ name, title, purpose, endpoint, steering, activity }: Provider): string {
  const mode = (steering.current as { mode?: string }).mode ?? 'ok'
  const counts = Object.entries(activity()).map(
    ([key, count]) =>
      `<div><dt>${both(activityLabels[key] ?? { zh: key, en: '' })}</dt><dd>${count.toLocaleString('en')}</dd></div>`,
  )
  return `<section class="card" aria-labelledby="card-${name}">
<h2 id="card-${name}">${both(title)}</h2>
<p class="mode" data-mode="${mode}">${both(modeLabels[mode] ?? { zh: mode, en: '' })}</p>
<p>${both(purpose)}</p>
<p><code>${escapeHtml(endpoint)}</code></p>
<dl class="counts">${counts.join('')}</dl>
</section>`
}
