// The part of the library that is used here; it brings no types of its own.
declare module 'sanitize-html' {
  interface Tag {
    tagName: string
    attribs: Record<string, string>
  }
  interface Options {
    allowedTags: string[]
    allowedAttributes: Record<string, string[]>
    allowedSchemes: string[]
    allowedSchemesByTag: Record<string, string[]>
    allowProtocolRelative: boolean
    transformTags: Record<string, (tag: string, attributes: Record<string, string>) => Tag>
  }
  const sanitizeHtml: (html: string, options: Options) => string
  export default sanitizeHtml
}
