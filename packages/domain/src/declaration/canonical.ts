type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Plain[]
  | { readonly [key: string]: Plain }

/**
 * The one text of a declared content, of which the hash is kept: JSON without white space, keys sorted, fields that are
 * `undefined` left out. Equal contents have equal texts whatever order their fields came in.
 */
export const canonicalContent = (value: Plain): string => {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalContent(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const fields = value as { readonly [key: string]: Plain }
  const keys = Object.keys(fields)
    .filter((key) => fields[key] !== undefined)
    .sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalContent(fields[key])}`).join(',')}}`
}
