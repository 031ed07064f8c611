import { FILE_PATH, RICH_TAGS } from '@jiankangbao/domain/announcement/rich-text'
import type { AttachmentKind } from '@jiankangbao/domain/vocabulary/announcements'
import MarkdownIt from 'markdown-it'
import cjkFriendly from 'markdown-it-cjk-friendly'
import sanitizeHtml from 'sanitize-html'

/** A file that hangs on the announcement, as its text names it by number. */
export interface NamedFile {
  fileId: string
  number: number
  kind: AttachmentKind
}

const FILE = /^file:([1-9][0-9]?)$/
const LINK = /^(https?:\/\/|tel:|mailto:)/i
/** Quotations and lists within each other; nobody writes deeper. */
const DEEPEST = 20

// HTML in the text is words, never HTML. Chinese puts no blanks around what it stresses: `**注意：**请` is not bold in plain CommonMark.
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: DEEPEST }).use(
  cjkFriendly,
)
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
markdown.validateLink = (address) => LINK.test(address) || FILE.test(address)

const findFile = (files: readonly NamedFile[], address: string | undefined): NamedFile | undefined => {
  const number = Number(FILE.exec(address ?? '')?.[1])
  return files.find((file) => file.number === number)
}

/** The page has the first heading; those of a text begin below it. */
const HEADINGS: Readonly<Record<string, string>> = {
  h1: 'h2',
  h2: 'h3',
  h3: 'h4',
  h4: 'h4',
  h5: 'h4',
  h6: 'h4',
}

/**
 * What readers get of a text: HTML of the elements in `RICH_TAGS`. Made once, when the text is saved. Two kept libraries stand behind
 * each other: one that knows no HTML in Markdown, one that lets through only what is listed (ADR 51).
 */
export const renderMarkdown = (text: string, files: readonly NamedFile[]): string =>
  sanitizeHtml(markdown.render(text), {
    allowedTags: [...RICH_TAGS],
    allowedAttributes: { a: ['href'], img: ['src', 'alt'] },
    allowedSchemes: ['http', 'https', 'tel', 'mailto'],
    allowedSchemesByTag: { img: [] },
    allowProtocolRelative: false,
    transformTags: {
      ...Object.fromEntries(
        Object.entries(HEADINGS).map(([from, tagName]) => [from, () => ({ tagName, attribs: {} })]),
      ),
      img: (_tag, { src, alt = '' }) => {
        const file = findFile(files, src)
        return {
          tagName: 'img',
          attribs: file?.kind === 'picture' ? { src: FILE_PATH + file.fileId, alt } : { alt },
        }
      },
      a: (_tag, { href = '' }) => {
        const file = findFile(files, href)
        const address = file ? FILE_PATH + file.fileId : LINK.test(href) ? href : undefined
        return { tagName: 'a', attribs: address ? { href: address } : {} }
      },
    },
  })

/** Numbers of the files that a text names and that are not there. */
export const listMissingFiles = (text: string, files: readonly NamedFile[]): number[] => {
  const named = [...text.matchAll(/\]\(\s*<?file:([1-9][0-9]?)/g)].map(([, number]) => Number(number))
  return [...new Set(named)].filter((number) => files.every((file) => file.number !== number))
}
