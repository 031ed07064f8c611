import { randomUUID, sign } from 'node:crypto'
import { encodePersonalCode, personalCodeUrl } from '@jiankangbao/domain/codes/personal-code'
import { TUBE_CAPACITY } from '@jiankangbao/domain/testing/tube-barcode'
import { openFileKeyProvider } from '../../../apps/server/src/keys/key-provider.ts'
import type { Client } from './client.ts'

/** A tube with whom it holds. */
export interface FilledTube {
  barcode: string
  people: number[]
  /** Of whoever filled it. */
  session: string
}

let lastBarcode = 0
/** A printed code that was never read before: `10` ten to a tube, `01` single, `90` a box. */
export const nextBarcode = (prefix: '10' | '01' | '90'): string => {
  lastBarcode += 1
  return `${prefix}${String(lastBarcode).padStart(10, '0')}`
}

/** Live codes as phones show them, signed with the server's own key. */
export const createCodes = (dataDirectory: string, codeIds: ReadonlyMap<number, Buffer>) => {
  const { keyId, privateKey } = openFileKeyProvider(dataDirectory).currentSigningKey()
  return (person: number): string =>
    personalCodeUrl(
      'https://jkb.example',
      encodePersonalCode(
        {
          version: 1,
          keyId,
          codeId: codeIds.get(person) ?? Buffer.alloc(10),
          colour: 'green',
          issuedAtSeconds: Math.floor(Date.now() / 1000),
        },
        (message) => sign(null, message, privateKey),
      ),
    )
}

/** What a sampler does at a table, each step by the public door. */
export const createSampler = (client: Client, session: string, showCode: (person: number) => string) => {
  let shiftId = ''
  return {
    session,
    startShift: async (siteId: string): Promise<void> => {
      const body = { requestId: randomUUID(), siteId }
      shiftId = (await client.must('/api/v1/sampling/shifts', { session }, body)).shiftId
    },
    open: async (kind: 'single' | 'ten'): Promise<FilledTube & { capacity: number }> => {
      const barcode = nextBarcode(kind === 'single' ? '01' : '10')
      await client.must('/api/v1/sampling/tubes', { session }, { requestId: randomUUID(), shiftId, barcode })
      return { barcode, people: [], session, capacity: TUBE_CAPACITY[kind] }
    },
    /** @returns the word of the server, and how long it took */
    sample: async (tube: FilledTube, person: number): Promise<{ outcome: string; milliseconds: number }> => {
      const body = { requestId: randomUUID(), barcode: tube.barcode, qrText: showCode(person) }
      const from = performance.now()
      const answer = await client.post('/api/v1/sampling/samples', { session }, body)
      const milliseconds = performance.now() - from
      const outcome: string =
        answer.status === 200 ? answer.body.outcome : (answer.body?.code ?? String(answer.status))
      if (outcome === 'taken') tube.people.push(person)
      return { outcome, milliseconds }
    },
    seal: async (tube: FilledTube): Promise<void> => {
      const body = { requestId: randomUUID(), barcode: tube.barcode, count: tube.people.length }
      await client.must('/api/v1/sampling/seals', { session }, body)
    },
    pack: (boxBarcode: string, tube: FilledTube) =>
      client.must(
        '/api/v1/sampling/packings',
        { session: tube.session },
        { requestId: randomUUID(), boxBarcode, barcode: tube.barcode },
      ),
    handOver: (boxBarcode: string, count: number, partnerId: string) =>
      client.must(
        '/api/v1/sampling/hand-overs',
        { session },
        { requestId: randomUUID(), boxBarcode, count, carrier: 'bench', partnerId },
      ),
  }
}

export type Sampler = ReturnType<typeof createSampler>
