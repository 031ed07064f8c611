import { randomUUID } from 'node:crypto'
import type { Client } from './client.ts'
import { isPositiveTube } from './plan.ts'
import type { FilledTube } from './sampler.ts'
import type { Laboratory } from './world.ts'

/** From the door of the laboratory to a result. */
const PCR_MINUTES = 90
const MOST_IN_A_PUSH = 1000

interface ArrivingBox {
  barcode: string
  tubes: FilledTube[]
  arrivesAt: number
}

interface Told {
  positive: FilledTube[]
  tubes: FilledTube[]
  milliseconds: number
  held: number
}

interface Options {
  client: Client
  laboratory: Laboratory
  /** Of headquarters, who decide what waits for a person. */
  leader: string
  positiveShare: number
  isStopped: (minute: number) => boolean
  ill: Set<number>
}

/** A laboratory: receives what arrived, tells what is ready. */
export const createLaboratory = (options: Options) => {
  const { client, laboratory, leader, positiveShare, ill } = options
  const arriving: ArrivingBox[] = []
  const working: { tube: FilledTube; readyAt: number }[] = []
  let nth = 0

  /** In a positive pool one is ill, in one of four two; alone, whoever is. */
  const findResult = (tube: FilledTube): 'negative' | 'positive' => {
    if (tube.people.length === 1)
      return tube.people.some((person) => ill.has(person)) ? 'positive' : 'negative'
    const isPositive = isPositiveTube(nth, positiveShare)
    nth += 1
    if (!isPositive) return 'negative'
    for (const person of tube.people.slice(0, nth % 4 === 0 ? 2 : 1)) ill.add(person)
    return 'positive'
  }

  /** Headquarters read what waits, and let it count. */
  const decideHeld = async (): Promise<number> => {
    let decided = 0
    for (;;) {
      const page = await client.must('/api/v1/laboratory/held-results?limit=100', { session: leader })
      if (page.results.length === 0) return decided
      for (const { tubeResultId } of page.results) {
        const path = `/api/v1/laboratory/held-results/${tubeResultId}/decision`
        // Another laboratory's round of decisions may have been there first.
        const answer = await client.post(
          path,
          { session: leader },
          { verdict: 'apply', reason: 'checked by telephone' },
        )
        if (answer.status === 200) decided += 1
        else if (answer.status !== 409) throw new Error(`${path} answered ${answer.status}`)
      }
    }
  }

  const tell = async (tubes: FilledTube[]): Promise<Told> => {
    const results = tubes.map((tube) => ({ tube, result: findResult(tube) }))
    const from = performance.now()
    const answer = await client.must(
      '/api/v1/partner/tube-results',
      { key: laboratory.key },
      {
        batchId: randomUUID(),
        results: results.map(({ tube, result }) => ({ action: 'report', barcode: tube.barcode, result })),
      },
    )
    const milliseconds = performance.now() - from
    const others = answer.held.filter(({ reason }: { reason: string }) => reason !== 'sudden_rate')
    if (others.length > 0)
      throw new Error(`Results are held that should not be: ${JSON.stringify(others[0])}`)
    if (answer.held.length > 0) await decideHeld()
    return {
      tubes,
      positive: results.filter(({ result }) => result === 'positive').map(({ tube }) => tube),
      milliseconds,
      held: answer.held.length,
    }
  }

  return {
    partnerId: laboratory.partnerId,
    send: (box: ArrivingBox): void => {
      arriving.push(box)
    },
    isDone: () => arriving.length === 0 && working.length === 0,
    /** Once every few minutes. @returns what was received and told */
    work: async (minute: number): Promise<{ received: number; told: Told[] }> => {
      if (options.isStopped(minute)) return { received: 0, told: [] }
      const here = arriving.filter((box) => box.arrivesAt <= minute)
      for (const box of here) {
        arriving.splice(arriving.indexOf(box), 1)
        await client.must(
          '/api/v1/laboratory/receipts',
          { session: laboratory.session },
          { requestId: randomUUID(), boxBarcode: box.barcode, count: box.tubes.length },
        )
        for (const tube of box.tubes) working.push({ tube, readyAt: minute + PCR_MINUTES })
      }
      const told: Told[] = []
      for (;;) {
        const ready = working.filter(({ readyAt }) => readyAt <= minute).slice(0, MOST_IN_A_PUSH)
        if (ready.length === 0) break
        for (const each of ready) working.splice(working.indexOf(each), 1)
        told.push(await tell(ready.map(({ tube }) => tube)))
      }
      return { received: here.reduce((sum, { tubes }) => sum + tubes.length, 0), told }
    },
  }
}

export type LaboratoryWork = ReturnType<typeof createLaboratory>
