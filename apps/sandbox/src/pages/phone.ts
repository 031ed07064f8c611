import { both, renderPage } from './layout.ts'

/** `/phone`, and `/sms` in a browser: messages as a phone shows them, newest on top, refreshed every second. */
export function phonePage(): string {
  return renderPage({
    path: '/phone',
    title: { zh: '手机短信', en: 'Phone' },
    lead: {
      zh: '系统发出的短信都显示在这里，每秒自动刷新。',
      en: 'Every message the system sends appears here, refreshed every second.',
    },
    script: '/assets/phone.js',
    content: `
<div class="phone">
<form class="filter" role="search">
<label for="phone">${both({ zh: '按手机号筛选', en: 'Filter by phone' })}</label>
<div class="row">
<input id="phone" type="search" inputmode="tel" autocomplete="off" maxlength="24" placeholder="13800000001">
</div>
</form>
<p id="status" class="status" role="status" data-zh-live="自动刷新中" data-en-live="live"
 data-zh-lost="连接中断，正在重试" data-en-lost="connection lost, retrying"><span class="zh">正在连接</span> <span class="en" lang="en">connecting</span></p>
<ol id="messages" class="messages" aria-label="短信 Messages"></ol>
<p id="empty" class="empty" hidden>${both({ zh: '还没有短信', en: 'No messages yet' })}</p>
<p id="unmatched" class="empty" hidden>${both({ zh: '没有符合的短信', en: 'No messages match' })}</p>
</div>
<p id="announcement" class="unseen" aria-live="polite"></p>
<template id="message">
<li class="message">
<div class="meta"><span class="from"></span><time></time></div>
<div class="bubble">
<p class="text"></p>
<div class="code-line"><output class="code"></output>
<button type="button" class="copy"><span class="idle">${both({ zh: '复制', en: 'Copy' })}</span><span class="done" hidden>${both({ zh: '已复制', en: 'Copied' })}</span></button></div>
</div>
</li>
</template>`,
  })
}
