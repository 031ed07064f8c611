import { codeInLink } from '@jiankangbao/domain/codes/link'

/** What a new scan is made of: a request id and the moment, so that a reload repeats it instead of making another. */
export interface ScanStart {
  requestId: string
  atMs: number
}

const kinds = { v: 'poster', p: 'code', k: 'code', r: 'code' } as const
type Letter = keyof typeof kinds

const screenOf = (letter: Letter, code: string, { requestId, atMs }: ScanStart): string => {
  if (letter === 'v')
    return `/door?code=${encodeURIComponent(code)}&scan=${requestId}&at=${atMs.toString(36)}`
  if (letter === 'r') return `/verify?code=${encodeURIComponent(code)}`
  return `/code-info?kind=${letter === 'p' ? 'personal' : 'paper'}`
}

/**
 * Where an address of the web app leads: `/v/<code>` of a poster to its door, `/p/…` and `/k/…` of other people's codes
 * to what they are, `/r/…` of a printed result to its verification, however often the link was encoded and whatever stands behind it. An address that nobody knows
 * leads to the page that says so.
 * @param known the addresses of the app's screens
 * @returns undefined where the address is that of a screen
 */
export const addressOfLink = (
  path: string,
  known: readonly string[],
  scan: () => ScanStart,
): string | undefined => {
  if (known.includes(path)) return undefined
  const tidy = path.replace(/\/(?:index\.html|\/*)$/, '').replace(/\/+$/, '') || '/'
  if (known.includes(tidy)) return tidy
  for (const letter of ['v', 'p', 'k', 'r'] as const) {
    const code = codeInLink(`https://here${path}`, letter)
    if (code) return screenOf(letter, code, scan())
  }
  const cutOff = /^\/+([vpkr])(?:\/|%|$)/i.exec(path)?.[1]?.toLowerCase() as Letter | undefined
  return `/missing${cutOff ? `?from=${kinds[cutOff]}` : ''}`
}
