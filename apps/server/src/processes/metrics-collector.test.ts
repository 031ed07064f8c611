import { EventEmitter } from 'node:events'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { eventually } from '../../test/eventually.ts'
import type { MetricsSnapshot, ProcessMessage } from './messages.ts'
import { createMetricsCollector } from './metrics-collector.ts'
import { createProcessLink } from './process-link.ts'

/** A process with a counter, a histogram and a gauge, each at `amount`. */
const startProcess = (name: string) => {
  const registry = new Registry()
  const registers = [registry]
  const counter = new Counter({ name: 'scans_total', help: '-', registers })
  const histogram = new Histogram({ name: 'seconds', help: '-', buckets: [1, 2], registers })
  const gauge = new Gauge({ name: 'memory', help: '-', labelNames: ['process'], registers })
  return {
    registry,
    work: (amount: number) => {
      counter.inc(amount)
      for (let count = 0; count < amount; count += 1) histogram.observe(1.5)
      gauge.set({ process: name }, amount)
    },
    snapshot: async () => (await registry.getMetricsAsJSON()) as MetricsSnapshot,
  }
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))

describe('the sum over processes', () => {
  it('adds what counts, keeps apart what is labelled, and loses no count of a process that ended', async () => {
    const collector = createMetricsCollector(new Registry())
    const processes = new Map([1, 2, 3].map((id) => [id, startProcess(String(id))]))
    const read = () =>
      collector.read([...processes.keys()], (processId, id) => {
        void processes
          .get(processId)
          ?.snapshot()
          .then((metrics) => collector.accept(processId, id, metrics))
      })
    for (const one of processes.values()) one.work(10)
    expect(lines(await read())).toEqual([
      'scans_total 30',
      'seconds_bucket{le="1"} 0',
      'seconds_bucket{le="2"} 30',
      'seconds_bucket{le="+Inf"} 30',
      'seconds_sum 45',
      'seconds_count 30',
      'memory{process="1"} 10',
      'memory{process="2"} 10',
      'memory{process="3"} 10',
    ])
    // Two at once: neither may be forgotten over the other.
    for (const id of [1, 2]) {
      collector.depart(id)
      processes.delete(id)
    }
    processes.set(4, startProcess('1'))
    processes.get(4)?.work(5)
    const text = lines(await read())
    expect(text).toContain('scans_total 35')
    expect(text).toContain('seconds_count 35')
    expect(text.filter((line) => line.startsWith('memory'))).toEqual([
      'memory{process="3"} 10',
      'memory{process="1"} 5',
    ])
  })

  it('counts a process that is too busy to answer with what it said last', async () => {
    const collector = createMetricsCollector(new Registry())
    const one = startProcess('1')
    one.work(7)
    collector.accept(1, 0, await one.snapshot())
    const startedAt = performance.now()
    expect(lines(await collector.read([1], () => {}))).toContain('scans_total 7')
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })
})

describe('the link to the primary', () => {
  const startLink = () => {
    const channel = new EventEmitter()
    const sent: ProcessMessage[] = []
    const send = (message: ProcessMessage) => sent.push(message) > 0
    const link = createProcessLink({ name: '1', servers: 2 }, Object.assign(channel, { send }) as never)
    return { link, sent, hear: (message: unknown) => void channel.emit('message', message) }
  }

  it('answers with its own metrics when asked', async () => {
    const { link, sent, hear } = startLink()
    const one = startProcess('1')
    one.work(3)
    link.answerWith(one.registry)
    hear({ jkb: 'snapshot-wanted', id: 5 })
    await eventually(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({ jkb: 'snapshot', id: 5, metrics: [{ name: 'scans_total' }, {}, {}] })
  })
})
