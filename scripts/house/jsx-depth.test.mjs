import { expect, it } from 'vitest'
import { findDeepJsx } from './jsx-depth.mjs'

const indented = (levels, text) => `${'  '.repeat(levels)}${text}\n`

it('finds JSX deeper than eight levels and nothing else', () => {
  const text = [
    indented(8, '<li>'),
    indented(9, '<li>'),
    indented(9, '</li>'),
    indented(10, '<>'),
    indented(10, "t('a.b')"),
    indented(9, '< 7'),
  ].join('')
  expect(findDeepJsx('a.tsx', text).map((finding) => finding.slice(0, 8))).toEqual(['a.tsx:2:', 'a.tsx:4:'])
})
