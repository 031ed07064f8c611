import { describe, expect, it } from 'vitest'
import { createMemoryStore } from './memory-store.ts'
import { createOutbox, type Sending } from './outbox.ts'
import { createShelf } from './shelf.ts'

interface Note {
  id: string
  at: number
  owner: string
  text: string
}
type Lost = Omit<Note, 'text'> & { why: string }

const note = (id: string, at = 0, owner = 'li', text = id): Note => ({ id, at, owner, text })

/** One phone; `tab()` opens the outbox on it, which sends by `answer`. */
const setUp = (answer: (thing: Note) => Sending<Note> = () => ({ outcome: 'recorded' })) => {
  const phone = { owner: 'li', now: 0, busyWith: '' }
  const store = createMemoryStore()
  const waiting = createShelf<Note>(store, 'note.')
  const lost = createShelf<Lost>(store, 'lost.')
  const sent: string[] = []
  const tab = () =>
    createOutbox<Note, Lost>({
      waiting,
      lost,
      idOf: ({ id }) => id,
      madeAt: ({ at }) => new Date(at).toISOString(),
      toLost: ({ id, at, owner }, why) => ({ id, at, owner, why }),
      isOwn: ({ owner }) => owner === phone.owner,
      isInHand: ({ id }) => id === phone.busyWith,
      send: async (thing) => {
        sent.push(thing.text)
        return answer(thing)
      },
      most: 3,
      longestMs: 1000,
      runExclusive: (_, run) => run(),
      now: () => phone.now,
    })
  return { phone, store, waiting, lost, sent, tab }
}

describe('outbox', () => {
  it('sends what waits once, oldest first, also after the page was killed', async () => {
    const { tab, sent, waiting } = setUp()
    expect([tab().keep(note('b', 2)), tab().keep(note('a', 1)), tab().keep(note('a', 1))]).toEqual([
      'stored',
      'stored',
      'stored',
    ])
    await tab().flush()
    await tab().flush()
    expect([sent, waiting.all()]).toEqual([['a', 'b'], []])
  })

  it('stops where nothing gets through, goes past one that breaks the server, and loses neither', async () => {
    const { tab, sent, waiting } = setUp(({ id }) => ({ outcome: id === 'a' ? 'skip' : 'later' }))
    const outbox = tab()
    for (const [at, id] of ['a', 'b', 'c'].entries()) outbox.keep(note(id, at))
    await outbox.flush()
    expect([sent, waiting.all().length]).toEqual([['a', 'b'], 3])
  })

  it('tells what was refused for good, without its contents, and on a full phone too', async () => {
    const { tab, store, waiting } = setUp(() => ({ outcome: 'final', why: 'POINT_CLOSED' }))
    const outbox = tab()
    outbox.keep(note('a'))
    // Room comes with what leaves the phone.
    const { remove } = store
    store.remove = (key) => {
      store.full = false
      remove(key)
    }
    store.full = true
    await outbox.flush()
    expect(waiting.all()).toEqual([])
    expect(outbox.listLost()).toEqual([{ id: 'a', at: 0, owner: 'li', why: 'POINT_CLOSED' }])
  })

  it('sends something else in the place of a thing, and tells why', async () => {
    const { tab, sent, waiting } = setUp(({ text, ...rest }) =>
      text === 'whole'
        ? { outcome: 'instead', thing: { ...rest, text: 'part' }, why: 'member_gone' }
        : { outcome: 'later' },
    )
    const outbox = tab()
    outbox.keep(note('a', 0, 'li', 'whole'))
    await outbox.flush()
    expect(sent).toEqual(['whole', 'part'])
    expect(waiting.all()).toEqual([note('a', 0, 'li', 'part')])
    expect(outbox.listLost().map(({ why }) => why)).toEqual(['member_gone'])
  })

  it('lists and sends nobody else’s, and stops sending where somebody else signs in', async () => {
    const { tab, phone, sent } = setUp(() => {
      phone.owner = 'wang'
      return { outcome: 'recorded' }
    })
    const outbox = tab()
    for (const [at, id] of ['a', 'b'].entries()) outbox.keep(note(id, at))
    await outbox.flush()
    expect([sent, outbox.list()]).toEqual([['a'], []])
    phone.owner = 'li'
    expect(outbox.list()).toEqual([note('b', 1)])
  })

  it('leaves alone what is being sent elsewhere, or was sent by another tab meanwhile', async () => {
    const { tab, phone, sent, waiting } = setUp(() => {
      waiting.remove('b')
      return { outcome: 'recorded' }
    })
    const outbox = tab()
    for (const [at, id] of ['a', 'b', 'c'].entries()) outbox.keep(note(id, at))
    phone.busyWith = 'c'
    await outbox.flush()
    expect(sent).toEqual(['a'])
    phone.busyWith = ''
    await outbox.flush()
    expect(sent).toEqual(['a', 'c'])
  })

  it('drops nothing old for something new, and does not say stored where the phone refuses', () => {
    const { tab, store } = setUp()
    const outbox = tab()
    for (const id of ['a', 'b', 'c']) outbox.keep(note(id))
    expect([outbox.keep(note('d')), outbox.keep(note('a')), outbox.keep(note('w', 0, 'li'))]).toEqual([
      'full',
      'stored',
      'full',
    ])
    store.full = true
    expect(outbox.keep(note('a'))).toBe('refused')
  })

  it('gives up what is too old, whosever it is, and tells its owner alone', () => {
    const { tab, phone, waiting } = setUp()
    const outbox = tab()
    outbox.keep(note('a'))
    phone.owner = 'wang'
    phone.now = 999
    outbox.expire()
    expect(waiting.all()).toHaveLength(1)
    phone.now = 1000
    outbox.expire()
    expect([waiting.all(), outbox.listLost()]).toEqual([[], []])
    phone.owner = 'li'
    expect(outbox.listLost().map(({ why }) => why)).toEqual(['too_old'])
  })
})
