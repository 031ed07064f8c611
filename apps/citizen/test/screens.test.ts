import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { factsOf, screenNames } from '../src/screens.ts'

const source = join(import.meta.dirname, '../src')
const features = join(source, 'features')
const screenFiles = readdirSync(features, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('-screen.tsx'))
  .map((file) => file.replace(/\.tsx$/, ''))
const listed = screenNames.map((name) => factsOf(name).file)

describe('the list of screens', () => {
  it('has every screen once, and each is there', () => {
    expect([...listed].sort()).toEqual(screenFiles.sort())
    for (const file of listed) expect(existsSync(join(features, `${file}.tsx`)), file).toBe(true)
  })

  it('begins with the one that opens first', () => expect(screenNames[0]).toBe('home'))

  it('has a drawing for every tile', () => {
    const drawings = readFileSync(join(source, 'ui/icons.css'), 'utf8')
    for (const name of screenNames) {
      const { tile } = factsOf(name)
      if (tile !== undefined) expect(new RegExp(`\\.icon-${tile}\\b`).test(drawings), name).toBe(true)
    }
  })
})
