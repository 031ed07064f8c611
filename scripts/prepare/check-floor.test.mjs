import { describe, expect, it } from 'vitest'
import { newerIn } from './check-floor.mjs'

const names = (source, target = 'h5') => newerIn(source, target).map((fault) => fault.split(': ')[0])

describe('the check of built scripts', () => {
  it.each([
    ['list.at(-1)', '.at()'],
    ['list["flat"]()', '.flat()'],
    ['Object.fromEntries(pairs)', 'Object.fromEntries'],
    ['Promise.allSettled(all)', 'Promise.allSettled'],
    ['var copy = structuredClone(thing)', 'structuredClone'],
    ['new WeakRef(thing)', 'WeakRef'],
    ['crypto.randomUUID()', 'crypto.randomUUID'],
    ['/(?<=a)b/.test(text)', 'syntax'],
    ['new RegExp("(?<=a)b")', 'syntax'],
    ['new RegExp("(?<year>[0-9]{4})")', 'syntax'],
    ['a?.b', 'syntax'],
    ['try { a() } catch { b() }', 'syntax'],
  ])('finds %s', (source, name) => {
    expect(names(source)).toEqual([name])
  })

  it('lets pass what looks before it uses, what is declared in the script, and what merely has the name', () => {
    expect(names('"function" === typeof queueMicrotask ? queueMicrotask : later')).toEqual([])
    expect(names('(function (Iterator) { return new Iterator() })(mine)')).toEqual([])
    expect(names('(function () { function Temporal() {} return Temporal })()')).toEqual([])
    expect(names('notice.at; door.finally = 1; ({ flat: 1 })')).toEqual([])
    expect(names('new RegExp("[0-9]{4}", "u").test(text)')).toEqual([])
  })

  it('asks a mini program for the language of 2009, and for nothing that only browsers have', () => {
    expect(names('(a) => a', 'weapp')).toEqual(['syntax'])
    expect(names('new URL(text)', 'alipay')).toEqual(['URL'])
    expect(names('new AbortController()', 'weapp')).toEqual(['AbortController'])
    expect(names('text.replaceAll("a", "b")', 'weapp')).toEqual(['.replaceAll()'])
    expect(names('text.replaceAll("a", "b")', 'h5')).toEqual([])
  })
})
