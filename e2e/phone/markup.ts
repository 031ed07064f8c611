/** An element of WXML or AXML as it stands in the file. */
export interface Markup {
  tag: string
  attributes: Record<string, string>
  children: (Markup | string)[]
}

const TAG = /<!--[\s\S]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g

const attributesOf = (text: string): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const [, name = '', value] of text.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) found[name] = value ?? 'true'
  return found
}

/** Reads a template file. @throws Error where a tag is not closed */
export const parseMarkup = (text: string): Markup[] => {
  const root: Markup = { tag: '', attributes: {}, children: [] }
  const open = [root]
  let at = 0
  const top = () => open[open.length - 1] as Markup
  for (const match of text.matchAll(TAG)) {
    const between = text.slice(at, match.index)
    if (between.trim() !== '') top().children.push(between.trim())
    at = match.index + match[0].length
    const [, closing, tag, attributes = '', selfClosing] = match
    if (closing !== undefined) {
      if (top().tag !== closing) throw new Error(`</${closing}> closes <${top().tag}>`)
      open.pop()
    } else if (tag !== undefined) {
      const element: Markup = { tag, attributes: attributesOf(attributes), children: [] }
      top().children.push(element)
      if (selfClosing !== '/') open.push(element)
    }
  }
  if (open.length > 1) throw new Error(`<${top().tag}> is not closed`)
  return root.children.filter((child): child is Markup => typeof child !== 'string')
}
