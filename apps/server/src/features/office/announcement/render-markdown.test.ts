import { type RichNode, readRichText } from '@jiankangbao/domain/announcement/rich-text'
import { describe, expect, it } from 'vitest'
import { listMissingFiles, renderMarkdown } from './render-markdown.ts'

const PICTURE = { fileId: '0b9d1b5e-6f0a-4c3e-9a43-5d1f7d0c2a10', number: 1, kind: 'picture' } as const
const PDF = { fileId: '1b9d1b5e-6f0a-4c3e-9a43-5d1f7d0c2a11', number: 2, kind: 'pdf' } as const
const FILES = [PICTURE, PDF]

const HOSTILE = [
  '<script>alert(1)</script>',
  '<ScRiPt src=https://evil.example/x.js></sCrIpT>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror="alert(1)" />',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<style>body{background:url(javascript:alert(1))}</style>',
  '<p style="background:url(https://evil.example/track)">x</p>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<form action="https://evil.example"><input name=password><button>go</button></form>',
  '<a href="javascript:alert(1)">x</a>',
  '<details open ontoggle=alert(1)>x</details>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><x onload=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](java&#x0A;script:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://evil.example/1)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example/x)',
  '[x](\\\\evil.example\\x)',
  '[x](https://evil.example/" onclick="alert(1))',
  '[x](<https://evil.example/" onmouseover="alert(1)>)',
  '[x](https://evil.example "a\\" onclick=\\"alert(1)")',
  '![x](https://evil.example/track.gif)',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)',
  '![x" onerror="alert(1)](file:1)',
  '![<script>alert(1)</script>](file:1)',
  '![x](file:1 "a\\" onload=\\"alert(1)")',
  '![x](file:2)',
  '![x](file:99)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '<https://evil.example/"onclick="alert(1)>',
  '`<script>alert(1)</script>`',
  '```html"><script>alert(1)</script>\n</code><script>alert(1)</script>\n```',
  '| a | <script>alert(1)</script> |\n|---|---|\n| <img src=x onerror=alert(1)> | b |',
  `${'> '.repeat(400)}<script>alert(1)</script>`,
  `${'- '.repeat(400)}x`,
  `${'['.repeat(2000)}x${']'.repeat(2000)}(javascript:alert(1))`,
  `${'*'.repeat(3000)}x${'_'.repeat(3000)}`,
  '<<script>script>alert(1)<</script>/script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;script&amp;gt;',
  '\u202e<script>alert(1)</script>',
  '\ufeff<img src=x onerror=alert(1)>',
  '\ud83d<script>\udc00',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
  '＜script＞alert(1)＜/script＞',
]

/** Every element and attribute that a browser would find, read as the screens read it. */
const walk = (nodes: readonly RichNode[], see: (node: Exclude<RichNode, string>) => void): void => {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    see(node)
    walk(node.children, see)
  }
}
const TAG = /<\/?([a-zA-Z][^\s/>]*)([^>]*)>/g
const ATTRIBUTES = /^(?: (?:href|src|alt)="[^"<>]*")* ?\/?$/
const ADDRESS = /(?:href|src)="([^"]*)"/g
const ALLOWED = /^(https?:\/\/|tel:|mailto:|\/api\/v1\/announcement-files\/[0-9a-f-]{36}$)/

describe('hostile text', () => {
  it.each(HOSTILE)('is only words: %s', (text) => {
    const html = renderMarkdown(text, FILES)
    for (const [whole, tag = '', attributes = ''] of html.matchAll(TAG)) {
      expect(tag, whole).toMatch(
        /^(h[2-4]|p|br|hr|strong|em|s|ul|ol|li|blockquote|a|img|table|thead|tbody|tr|th|td|code|pre)$/,
      )
      expect(attributes, whole).toMatch(ATTRIBUTES)
    }
    const tags = [...html.matchAll(TAG)].map(([whole]) => whole).join('')
    for (const [, address = ''] of tags.matchAll(ADDRESS)) expect(address).toMatch(ALLOWED)
    for (const [, address = ''] of tags.matchAll(/src="([^"]*)"/g)) expect(address).toContain(PICTURE.fileId)
    // The screens read the same, and nothing of it is lost to their reader.
    let elements = 0
    walk(readRichText(html), (node) => {
      elements += 1
      if (node.href) expect(node.href).toMatch(ALLOWED)
    })
    const opening = [...html.matchAll(/<[a-z]/g)].length - [...html.matchAll(/<img(?! src)/g)].length
    expect(elements).toBe(opening)
  })

  it('that reached the screens in some other way still draws nothing but words', () => {
    const seen: string[] = []
    const hostile =
      '<p onclick="alert(1)">a</p><script>alert(1)</script><a href="javascript:alert(1)">b</a><img src="https://evil.example/x.gif" alt="c" /><svg onload="x"></svg><p style="x:y">d</p>'
    walk(readRichText(hostile), (node) => seen.push(JSON.stringify({ ...node, children: [] })))
    expect(seen.join()).not.toMatch(/script|onclick|style|evil|svg|onload/)
  })
})

describe('a notice', () => {
  it('has headings, lists, tables, links, files and bold Chinese beside its punctuation', () => {
    const html = renderMarkdown(
      [
        '# 一、范围',
        '**注意：**请提前报备，*谢谢*。',
        '',
        '- 甲\n- 乙',
        '',
        '| 来源地 | 措施 |\n|:--|--:|\n| 上海 | 14 天 |',
        '',
        '![示意图](file:1) 详见[全文](file:2)，电话 [12345](tel:12345)，https://www.example.org/a?b=1&c=2',
      ].join('\n'),
      FILES,
    )
    expect(html).toContain('<h2>一、范围</h2>')
    expect(html).toContain('<strong>注意：</strong>请提前报备')
    expect(html).toContain('<li>甲</li>')
    expect(html).toContain('<td>上海</td>')
    expect(html).toContain(`<img src="/api/v1/announcement-files/${PICTURE.fileId}" alt="示意图" />`)
    expect(html).toContain(`<a href="/api/v1/announcement-files/${PDF.fileId}">全文</a>`)
    expect(html).toContain('<a href="tel:12345">12345</a>')
    expect(html).toContain('<a href="https://www.example.org/a?b=1&amp;c=2">')
    const link = { tag: 'a', href: 'https://www.example.org/a?b=1&c=2' }
    const seen: object[] = []
    walk(readRichText(html), ({ children: _, ...node }) => seen.push(node))
    expect(seen).toContainEqual(link)
    expect(seen).toContainEqual({
      tag: 'img',
      src: `/api/v1/announcement-files/${PICTURE.fileId}`,
      alt: '示意图',
    })
  })

  it('names files that are not there', () => {
    expect(listMissingFiles('![a](file:1) [b](file:3) [c]( <file:3>)', FILES)).toEqual([3])
  })
})
