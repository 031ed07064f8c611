import { describe, expect, it } from 'vitest'
import { createBatcher } from './batcher.ts'

const gate = () => {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

describe('createBatcher', () => {
  it('answers each request with its own result', async () => {
    const batcher = createBatcher<number, number>({
      name: 'double',
      run: async (items) => items.map((n) => n * 2),
    })
    expect(await Promise.all([1, 2, 3].map(batcher.submit))).toEqual([2, 4, 6])
  })

  it('joins requests of one turn and keeps to the largest batch and the slots', async () => {
    const sizes: number[] = []
    let running = 0
    let most = 0
    const batcher = createBatcher<number, number>({
      name: 'sizes',
      maxBatch: 4,
      maxInFlight: 2,
      run: async (items) => {
        sizes.push(items.length)
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        return items
      },
    })
    await Promise.all(Array.from({ length: 11 }, (_, n) => batcher.submit(n)))
    expect(sizes).toEqual([4, 4, 3])
    expect(most).toBe(2)
  })

  it('refuses beyond the bound with BUSY and a time to come back, and keeps what it took', async () => {
    const { open, opened } = gate()
    const batcher = createBatcher<number, number>({
      name: 'bounded',
      maxBatch: 1,
      maxInFlight: 1,
      maxQueue: 2,
      run: async (items) => {
        await opened
        return items
      },
    })
    const first = batcher.submit(1)
    await new Promise((resolve) => setImmediate(resolve))
    const kept = [batcher.submit(2), batcher.submit(3)]
    await expect(batcher.submit(4)).rejects.toMatchObject({
      code: 'BUSY',
      retryAfterSeconds: expect.any(Number),
    })
    open()
    expect(await Promise.all([first, ...kept])).toEqual([1, 2, 3])
  })

  it('refuses what waited too long instead of running it', async () => {
    const { open, opened } = gate()
    const ran: number[] = []
    const batcher = createBatcher<number, number>({
      name: 'late',
      maxBatch: 1,
      maxInFlight: 1,
      maxWaitMs: 10,
      run: async (items) => {
        ran.push(...items)
        await opened
        return items
      },
    })
    const first = batcher.submit(1)
    await new Promise((resolve) => setImmediate(resolve))
    const late = expect(batcher.submit(2)).rejects.toMatchObject({ code: 'BUSY' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    open()
    await first
    await late
    expect(ran).toEqual([1])
  })

  it('refuses one item without its neighbours, and a whole batch where the statement fails', async () => {
    let broken = false
    const batcher = createBatcher<number, number>({
      name: 'mixed',
      run: async (items) => {
        if (broken) throw new Error('statement failed')
        return items.map((n) => (n === 2 ? new Error('refused') : n))
      },
    })
    const [one, two] = await Promise.allSettled([batcher.submit(1), batcher.submit(2)])
    expect(one).toEqual({ status: 'fulfilled', value: 1 })
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'refused' } })
    broken = true
    await expect(batcher.submit(3)).rejects.toThrow('statement failed')
    broken = false
    expect(await batcher.submit(4)).toBe(4)
  })

  it('halves a batch that fails over a value until only those are refused that fail alone', async () => {
    const sizes: number[] = []
    const recorded: number[] = []
    const batcher = createBatcher<number, number>({
      name: 'culprits',
      run: async (items) => {
        sizes.push(items.length)
        if (items.some((n) => n % 100 === 17))
          throw Object.assign(new Error('invalid byte sequence'), { code: '22021' })
        recorded.push(...items)
        return items.map((n) => n * 2)
      },
    })
    const items = Array.from({ length: 512 }, (_, n) => n)
    const answers = await Promise.allSettled(items.map(batcher.submit))
    const culprits = items.filter((n) => n % 100 === 17)
    expect(answers.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual(culprits)
    for (const n of culprits) expect(answers[n]).toMatchObject({ reason: { code: '22021' } })
    // Everybody else is answered with their own result, recorded once.
    for (const n of items)
      if (!culprits.includes(n)) expect(answers[n]).toEqual({ status: 'fulfilled', value: n * 2 })
    expect([...recorded].sort((a, b) => a - b)).toEqual(items.filter((n) => !culprits.includes(n)))
    expect(sizes.length).toBeLessThanOrEqual(1 + culprits.length * 18)
  })

  it('never runs more than two statements for each request, however many of them are bad', async () => {
    let statements = 0
    let running = 0
    let most = 0
    const batcher = createBatcher<number, number>({
      name: 'all-bad',
      maxInFlight: 2,
      run: async () => {
        statements += 1
        running += 1
        most = Math.max(most, running)
        await Promise.resolve()
        running -= 1
        throw Object.assign(new Error('out of range'), { code: '22003' })
      },
    })
    const answers = await Promise.allSettled(Array.from({ length: 300 }, (_, n) => batcher.submit(n)))
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true)
    expect(statements).toBeLessThan(600)
    expect(most).toBeLessThanOrEqual(2)
  })

  it.each(['08006', '40001', '40P01', '53300', '55P03', '57014', '57P01', '25006', 'ECONNRESET'])(
    'does not run a batch again after %s: what became of it is not known',
    async (code) => {
      let statements = 0
      const batcher = createBatcher<number, number>({
        name: `away-${code}`,
        run: async () => {
          statements += 1
          throw Object.assign(new Error('gone'), { code })
        },
      })
      const answers = await Promise.allSettled([1, 2, 3].map(batcher.submit))
      expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.code)).toEqual([
        code,
        code,
        code,
      ])
      expect(statements).toBe(1)
    },
  )

  it('answers the half that is committed although the database goes away under the other', async () => {
    let statements = 0
    const batcher = createBatcher<number, number>({
      name: 'half-away',
      run: async (items) => {
        statements += 1
        if (statements === 1) throw Object.assign(new Error('invalid'), { code: '22P02' })
        if (statements > 2) throw Object.assign(new Error('gone'), { code: '08006' })
        return items
      },
    })
    const answers = await Promise.allSettled([1, 2, 3, 4].map(batcher.submit))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(answers[2]).toMatchObject({ reason: { code: '08006' } })
  })

  it('lets somebody alone go at once, others after the gap, and a full batch without it', async () => {
    const sizes: number[] = []
    const batcher = createBatcher<number, number>({
      name: 'gap',
      maxBatch: 3,
      gapMs: 600_000,
      run: async (items) => {
        sizes.push(items.length)
        return items
      },
    })
    await batcher.submit(1)
    const waiting = [batcher.submit(2), batcher.submit(3)]
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(sizes).toEqual([1])
    await Promise.all([...waiting, batcher.submit(4)])
    expect(sizes).toEqual([1, 3])
  })

  it('goes on by itself after the gap', async () => {
    const leftAt: number[] = []
    const batcher = createBatcher<number, number>({
      name: 'gap-ends',
      gapMs: 40,
      run: async (items) => {
        leftAt.push(performance.now())
        return items
      },
    })
    await batcher.submit(1)
    await batcher.submit(2)
    expect((leftAt[1] ?? 0) - (leftAt[0] ?? 0)).toBeGreaterThanOrEqual(39)
  })

  it('tells those who wait too long although nothing moves', async () => {
    const { open, opened } = gate()
    const batcher = createBatcher<number, number>({
      name: 'stuck',
      maxInFlight: 1,
      maxWaitMs: 50,
      run: async (items) => {
        await opened
        return items
      },
    })
    const first = batcher.submit(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await expect(batcher.submit(2)).rejects.toMatchObject({ code: 'BUSY' })
    open()
    expect(await first).toBe(1)
  })
})
