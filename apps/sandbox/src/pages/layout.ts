import type { Wording } from '../provider.ts'

export interface Page {
  /** Path of the page itself, so that the navigation marks it. */
  path: string
  title: Wording
  lead: Wording
  /** HTML. */
  content: string
  /** Path of its script. */
  script?: string
}

const navigation: readonly { path: string; label: Wording }[] = [
  { path: '/', label: { zh: '概览', en: 'Overview' } },
  { path: '/phone', label: { zh: '手机短信', en: 'Phone' } },
  { path: '/steer', label: { zh: '调节', en: 'Steering' } },
  { path: '/module', label: { zh: '示例服务', en: 'Module' } },
  { path: '/partners', label: { zh: '检验与省平台', en: 'Laboratory, province' } },
]

/** The frame of every page. Says first that nothing here is real, because it can look as if it were. */
export function renderPage({ path, title, lead, content, script }: Page): string {
  const links = navigation.map(
    (entry) =>
      `<a href="${entry.path}"${entry.path === path ? ' aria-current="page"' : ''}>${both(entry.label)}</a>`,
  )
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.zh)} · 演示环境 Sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/sandbox.css">
${script ? `<script src="${script}" defer></script>` : ''}
</head>
<body>
<p class="fiction">${both({ zh: '演示环境：数据全部虚构，不会发出真实短信', en: 'Sandbox: all fictional, no message is really sent' })}</p>
<header class="top">
<a class="brand" href="/">${both({ zh: '健康宝 · 外部服务替身', en: 'Jiankangbao · stand-in providers' })}</a>
<nav aria-label="页面 Pages">${links.join('')}</nav>
</header>
<main>
<h1>${both(title)}</h1>
<p class="lead">${both(lead)}</p>
${content}
</main>
</body>
</html>
`
}

/** Both languages as inline HTML, Chinese first, each marked for screen readers. */
export function both({ zh, en }: Wording): string {
  return `<span class="zh">${escapeHtml(zh)}</span> <span class="en" lang="en">${escapeHtml(en)}</span>`
}

/** Text made safe as HTML content and inside double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
