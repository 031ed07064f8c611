import { type RichNode, type RichTag, readRichText } from '@jiankangbao/domain/announcement/rich-text'
import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import { serverAddress } from '../../platform/server-address.ts'
import { OutsideLink } from '../../ui/outside-link.tsx'

/** What mini programs do not draw as what it is; `scripts/house/mini-programs.mjs` has the others. */
const DRAWN_AS: Partial<Record<RichTag, 'div' | 'span'>> = {
  br: 'span',
  em: 'span',
  s: 'span',
  code: 'span',
  hr: 'div',
  blockquote: 'div',
  pre: 'div',
  table: 'div',
  thead: 'div',
  tbody: 'div',
  tr: 'div',
  th: 'div',
  td: 'div',
}

/** Boxes that look like a table read like one too. */
const TABLE_ROLES: Partial<Record<RichTag, string>> = {
  table: 'table',
  thead: 'rowgroup',
  tbody: 'rowgroup',
  tr: 'row',
  th: 'columnheader',
  td: 'cell',
}

const draw = (node: RichNode, key: number): ReactNode => {
  // Between two blocks the server puts a line break of its own.
  if (typeof node === 'string') return node === '\n' ? null : createElement(Fragment, { key }, node)
  const { tag, href, src, alt, children } = node
  if (tag === 'img')
    return <img key={key} className="rich-picture" src={serverAddress(src ?? '')} alt={alt ?? ''} />
  const inside = children.map(draw)
  if (tag === 'a')
    return href === undefined ? (
      <Fragment key={key}>{inside}</Fragment>
    ) : (
      <OutsideLink key={key} address={href}>
        {inside}
      </OutsideLink>
    )
  const role = TABLE_ROLES[tag]
  const props = { key, className: `rich-${tag}`, ...(role === undefined ? {} : { role }) }
  return createElement(DRAWN_AS[tag] ?? tag, props, ...inside)
}

/**
 * The text of an announcement, drawn from elements of our own (ADR 8), in the web app and in mini programs alike: their own rich text
 * opens no links, and no HTML of anybody's ever reaches the page.
 */
export const RichText = ({ html }: { html: string }) => {
  const nodes = useMemo(() => readRichText(html), [html])
  return <div className="rich-text">{nodes.map(draw)}</div>
}
