import { describe, expect, it } from 'vitest'
import { createMemoryStore } from './memory-store.ts'
import { createPageShelf, createShelf } from './shelf.ts'

describe('a shelf', () => {
  it('holds its own things one by one, and tells every change', () => {
    const store = createMemoryStore()
    let changes = 0
    const shelf = createShelf<string>(store, 'scan.', () => changes++)
    const other = createShelf<string>(store, 'lost-scan.')
    expect(shelf.put('a', 'A')).toBe(true)
    other.put('a', 'not mine')
    expect([shelf.all(), shelf.has('a'), shelf.has('b')]).toEqual([['A'], true, false])
    shelf.remove('a')
    expect([shelf.all(), other.all(), changes]).toEqual([[], ['not mine'], 2])
  })
})

describe('a shelf of the page', () => {
  const setUp = () => {
    const store = createMemoryStore()
    const open = () => createPageShelf(createShelf<string>(store, 'check.'))
    return { store, open, page: open() }
  }

  it('holds what the phone does not store, and says so', () => {
    const { store, open, page } = setUp()
    store.full = true
    expect(page.put('a', 'A')).toBe(false)
    expect([page.all(), page.has('a'), page.countInPage(), open().all()]).toEqual([['A'], true, 1, []])
    store.full = false
    expect(page.put('a', 'A')).toBe(true)
    expect([page.all(), page.countInPage(), open().all()]).toEqual([['A'], 0, ['A']])
  })

  it('does not leave an older thing in the storage under the same id', () => {
    const { store, open, page } = setUp()
    page.put('a', 'older')
    store.full = true
    page.put('a', 'newer')
    expect([page.all(), open().all()]).toEqual([['newer'], []])
    page.remove('a')
    expect([page.all(), page.has('a')]).toEqual([[], false])
  })
})
