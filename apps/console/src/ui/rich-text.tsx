import { type RichNode, readRichText } from '@jiankangbao/domain/announcement/rich-text'
import { createElement, Fragment, type ReactNode, useMemo } from 'react'

interface Props {
  /** As the server made it. */
  html: string
  /** Where a file's address leads here. */
  address?: (address: string) => string
}

const draw = (node: RichNode, key: number, address: (address: string) => string): ReactNode => {
  if (typeof node === 'string') return createElement(Fragment, { key }, node)
  const { tag, href, src, alt, children } = node
  if (tag === 'img') return <img key={key} src={address(src ?? '')} alt={alt ?? ''} />
  const link = href === undefined ? {} : { href: address(href), target: '_blank', rel: 'noopener noreferrer' }
  return createElement(
    tag,
    { key, ...link },
    ...(tag === 'br' || tag === 'hr' ? [] : children.map((child, at) => draw(child, at, address))),
  )
}

const asIs = (address: string): string => address

/** The text of an announcement, drawn from elements of our own: no HTML of anybody's ever reaches the page. */
export const RichText = ({ html, address = asIs }: Props) => {
  const nodes = useMemo(() => readRichText(html), [html])
  return <div className="rich-text">{nodes.map((node, at) => draw(node, at, address))}</div>
}
