import { describe, expect, it } from 'vitest'
import { findUndrawn } from './mini-programs.mjs'

const css = 'apps/citizen/src/ui/spacing.css'
const screen = 'apps/citizen/src/features/x/x-screen.tsx'

describe('what mini programs lose', () => {
  it.each(['.stack > * + * { margin: 0 }', '@media print { * { color: red } }', '.a, .b *:focus { top: 0 }'])(
    'a rule with a universal selector: %s',
    (text) => expect(findUndrawn(css, text)).toHaveLength(1),
  )

  it.each([
    '/* .stack > * */ .stack > div { margin: calc(2 * 4px) }',
    '.icon { background: url("data:*{") } .b { top: 0 }',
    '@supports (padding: env(safe-area-inset-bottom)) { .screen { top: 0 } }',
  ])('no other rule: %s', (text) => expect(findUndrawn(css, text)).toEqual([]))

  it('elements that nobody draws', () => {
    const text = '<fieldset>\n<legend className="x">who</legend><p>a < b</p><hr /></fieldset>'
    expect(
      findUndrawn(screen, text)
        .map((line) => line.match(/<(\w+)>/)?.[1])
        .sort(),
    ).toEqual(['fieldset', 'hr', 'legend'])
    expect(findUndrawn(screen, '<div><p>a</p><input id="x" /></div>')).toEqual([])
  })
})
