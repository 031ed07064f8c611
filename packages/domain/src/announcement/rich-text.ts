/** A piece of an announcement's text: words, or an element with pieces in it. */
export type RichNode = string | RichElement
export interface RichElement {
  tag: RichTag
  /** Of `a`. */
  href?: string
  /** Of `img`: the address of a picture that hangs on the announcement, and its words. */
  src?: string
  alt?: string
  children: RichNode[]
}

/** Every element that a text may have. */
export const RICH_TAGS = [
  'h2',
  'h3',
  'h4',
  'p',
  'br',
  'hr',
  'strong',
  'em',
  's',
  'ul',
  'ol',
  'li',
  'blockquote',
  'a',
  'img',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'code',
  'pre',
] as const
export type RichTag = (typeof RICH_TAGS)[number]

const EMPTY_TAGS: readonly string[] = ['br', 'hr', 'img']
/** A link leads to a page, a telephone or a mailbox, or to a file of the announcement. */
const HREF = /^(https?:\/\/|tel:|mailto:)[^\s"<>\\]+$/i
/** Pictures come from the announcement and from nowhere else. */
export const FILE_PATH = '/api/v1/announcement-files/'
const SRC = /^\/api\/v1\/announcement-files\/[0-9a-f-]{36}$/
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*")*)\s*(\/?)>|([^<]+)|(<)/g
const ATTRIBUTE = /([a-z-]+)="([^"]*)"/g
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const decode = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)

const isRichTag = (tag: string): tag is RichTag => (RICH_TAGS as readonly string[]).includes(tag)

/** As `matchAll`, which old phones lack. */
const eachMatch = (pattern: RegExp, text: string, take: (match: RegExpExecArray) => void): void => {
  const own = new RegExp(pattern.source, 'g')
  for (let match = own.exec(text); match; match = own.exec(text)) take(match)
}

const readAttributes = (text: string): Pick<RichElement, 'href' | 'src' | 'alt'> => {
  const read: Record<string, string> = {}
  eachMatch(ATTRIBUTE, text, ([, name = '', value = '']) => {
    read[name] = decode(value)
  })
  const { href = '', src = '', alt } = read
  return {
    ...(HREF.test(href) || SRC.test(href) ? { href } : {}),
    ...(SRC.test(src) ? { src } : {}),
    ...(alt === undefined ? {} : { alt }),
  }
}

/**
 * Reads the HTML that the server made of an announcement, for screens that draw it from elements of their own. What is on no list
 * here is left out, whoever wrote it: nothing but these elements, these addresses and words can come out.
 */
export const readRichText = (html: string): RichNode[] => {
  const root: RichNode[] = []
  const open: { tag: string; children: RichNode[] }[] = [{ tag: '', children: root }]
  const top = () => open[open.length - 1] ?? { tag: '', children: root }
  const take = ([, closes, tag = '', attributes = '', , words, stray]: RegExpExecArray): void => {
    if (words !== undefined || stray !== undefined) {
      top().children.push(decode(words ?? '<'))
      return
    }
    if (!isRichTag(tag)) return
    if (closes === '/') {
      if (top().tag === tag) open.pop()
      return
    }
    const read = readAttributes(attributes)
    // A picture without an address of this announcement is its words.
    if (tag === 'img' && read.src === undefined) {
      top().children.push(read.alt ?? '')
      return
    }
    const element: RichElement = { tag, ...read, children: [] }
    top().children.push(element)
    if (!EMPTY_TAGS.includes(tag)) open.push({ tag, children: element.children })
  }
  eachMatch(TOKEN, html, take)
  return root
}

/** The words alone, for lists and searches. */
export const plainTextOf = (nodes: readonly RichNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if (node.tag === 'br') return '\n'
      const inner = node.tag === 'img' ? (node.alt ?? '') : plainTextOf(node.children)
      return /^(p|h[2-4]|li|tr|blockquote|pre)$/.test(node.tag) ? `${inner}\n` : inner
    })
    .join('')
