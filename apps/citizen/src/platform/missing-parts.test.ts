import { describe, expect, it } from 'vitest'
import { addMissing, type Scope } from './missing-parts.h5.ts'

describe('a browser of 2017', () => {
  it('gets what libraries ask for, as the language has it', () => {
    const browser = {
      Object: {} as ObjectConstructor,
      String: { prototype: {} } as unknown as StringConstructor,
    } as Scope
    addMissing(browser)
    expect(browser.globalThis).toBe(browser)
    const { hasOwn } = browser.Object
    expect([hasOwn({ a: 1 }, 'a'), hasOwn({ a: 1 }, 'toString')]).toEqual([true, false])
    const replaceAll = browser.String.prototype.replaceAll as (found: string | RegExp, by: unknown) => string
    const cases: [text: string, found: string | RegExp, by: string][] = [
      ['a+b+c', '+', ' '],
      ['a.b.c', '.', '$&$&'],
      ['a[b]c', '[b]', ''],
      ["it's (so)*", /[!'()*]/g, '%'],
      ['none', 'x', 'y'],
    ]
    for (const [text, found, by] of cases)
      expect(replaceAll.call(text, found, by)).toBe(text.replaceAll(found, by))
    const asHex = (found: string) => `%${found.charCodeAt(0).toString(16)}`
    expect(replaceAll.call("it's", /'/g, asHex)).toBe('it%27s')
    expect(() => replaceAll.call('aa', /a/, 'b')).toThrow(TypeError)
  })

  it('keeps what it has', () => {
    const before = [Object.hasOwn, String.prototype.replaceAll]
    addMissing({ Object, String, globalThis })
    expect([Object.hasOwn, String.prototype.replaceAll]).toEqual(before)
  })
})
