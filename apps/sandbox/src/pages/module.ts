import { both, renderPage } from './layout.ts'

/** `/module`: a sample of a foreign module, opened by the app with a token behind the `#`. */
export function modulePage(): string {
  return renderPage({
    path: '/module',
    title: { zh: '示例外部服务', en: 'Sample module' },
    lead: {
      zh: '由其他单位提供的服务：只得到市民同意给出的内容。',
      en: 'A service of another organisation: it gets what the person agreed to, and nothing else.',
    },
    script: '/assets/module.js',
    content: `
<section class="card" aria-labelledby="got">
<h2 id="got">${both({ zh: '得到的内容', en: 'What it got' })}</h2>
<p id="state" role="status">${both({ zh: '等待令牌', en: 'Waiting for a token' })}</p>
<dl class="counts" id="person"></dl>
</section>
<section class="card" aria-labelledby="try">
<h2 id="try">${both({ zh: '试一试', en: 'Try it' })}</h2>
<form id="form">
<p><label>${both({ zh: '令牌', en: 'Token' })} <input name="token" autocomplete="off" required minlength="20" maxlength="2048"></label></p>
<p><label>${both({ zh: '服务标识', en: 'Key of the module' })} <input name="service" value="sample-module" maxlength="40"></label></p>
<p><button>${both({ zh: '兑换', en: 'Redeem' })}</button></p>
</form>
<pre id="claims"></pre>
</section>`,
  })
}
