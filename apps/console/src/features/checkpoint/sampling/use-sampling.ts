import type { SampleResult, SamplingShift } from '@jiankangbao/contracts/sampling/schemas'
import type { Call } from '@jiankangbao/contracts/schemas'
import type { SampleOutcome, UndoReason } from '@jiankangbao/domain/testing/sampling'
import { parseTubeBarcode, type TubeKind } from '@jiankangbao/domain/testing/tube-barcode'
import { useState, useSyncExternalStore } from 'react'
import { createOperatorCall } from '../../../api/client.ts'
import { createRequestId } from '../../../api/request-id.ts'
import { readStored, writeStored } from '../../../api/stored.ts'
import { toCheckInput } from '../scan-input.ts'
import { readKeys } from '../verification-keys.ts'
import { judgeOffline } from './offline-person.ts'
import {
  awaitSample,
  countWaiting,
  keepAct,
  listRefused,
  sendActs,
  subscribeActs,
  takeBack,
  tellKept,
} from './sampling-acts.ts'

const call = createOperatorCall(6000)

export interface PersonInTube {
  id: string
  nameMasked?: string
  /** On this phone only, until there is network. */
  isKept: boolean
  key: string
}

export interface OpenTube {
  barcode: string
  kind: TubeKind
  capacity: number
  people: PersonInTube[]
}

/** What the sampler sees and hears after a scan. */
export type Told =
  | {
      about: 'person'
      outcome: SampleOutcome
      nameMasked?: string
      nth?: number
      capacity: number
      isKept: boolean
    }
  | { about: 'tube'; problem?: string; kind?: TubeKind; error?: unknown }
  | { about: 'sealed'; count: number }

/** A document that nobody here is known by: phone number, then it is written down. */
export interface Unwritten {
  text: string
}

type Means = Pick<Call<'recordSample'>['body'], 'qrText' | 'document' | 'phone' | 'forMemberId'>

/** What is said beside the scanned text: a phone of somebody unknown, or which of a family it is. */
type More = Pick<Means, 'phone' | 'forMemberId'>

/** Somebody who was swabbed already shows their card again: whom of their family is it for? */
export interface Which {
  text: string
  others: NonNullable<SampleResult['others']>
}
interface Asked {
  text: string
  means: Means
}

/** What the server is asked by; undefined for what names nobody. */
const toMeans = (text: string, more: More): Means | undefined => {
  const input = toCheckInput(text)
  if (input.way === 'qr') return { qrText: input.qrText, ...more }
  if (input.way === 'numeric') return { qrText: input.numericCode, ...more }
  return input.way === 'document' ? { document: input.document, ...more } : undefined
}

const TUBE = 'samplingTube'
const SHIFT = 'samplingShift'

export const readShift = (): SamplingShift | undefined => readStored<SamplingShift>(SHIFT)
export const keepShift = (shift: SamplingShift | undefined): void => void writeStored(SHIFT, shift)

let version = 0
const useActs = () => {
  useSyncExternalStore(
    (listener) =>
      subscribeActs(() => {
        version += 1
        listener()
      }),
    () => version,
  )
  return { waiting: countWaiting(), refused: listRefused() }
}

/** One table: its open tube, who is in it, and what was said last. Everything survives a reload. */
export const useSampling = (shiftId: string) => {
  const [tube, setTube] = useState<OpenTube | undefined>(() => readStored<OpenTube>(TUBE))
  const [told, setTold] = useState<Told>()
  const [asking, setAsking] = useState(false)
  const [unwritten, setUnwritten] = useState<Unwritten>()
  const [which, setWhich] = useState<Which>()
  const acts = useActs()

  const keepTube = (next: OpenTube | undefined): void => {
    writeStored(TUBE, next)
    setTube(next)
  }

  const takeTube = (text: string) => {
    const read = parseTubeBarcode(text)
    if (!read.ok) return setTold({ about: 'tube', problem: read.reason })
    if (tube && tube.people.length > 0) return setTold({ about: 'tube', problem: 'seal_first' })
    const { barcode, kind, capacity } = read
    if (!keepAct(createRequestId(), { op: 'open', shiftId, barcode }))
      return setTold({ about: 'tube', problem: 'phone_full' })
    keepTube({ barcode, kind, capacity, people: [] })
    setTold({ about: 'tube', kind })
    void sendActs().then(() => {
      const refusal = listRefused().find((each) => each.op === 'open' && each.barcode === barcode)
      if (!refusal) return
      keepTube(undefined)
      setTold({ about: 'tube', problem: refusal.why })
    })
  }

  const tellPerson = (
    current: OpenTube,
    outcome: SampleOutcome,
    more: Partial<SampleResult> & { isKept?: boolean },
  ): void =>
    setTold({
      about: 'person',
      outcome,
      capacity: current.capacity,
      isKept: more.isKept ?? false,
      ...(more.nameMasked ? { nameMasked: more.nameMasked } : {}),
      ...(more.nth ? { nth: more.nth } : {}),
    })

  const add = (current: OpenTube, person: PersonInTube, nth: number): void => {
    keepTube({ ...current, people: [...current.people, person] })
    const named = person.nameMasked ? { nameMasked: person.nameMasked } : {}
    tellPerson(current, 'taken', { ...named, nth, isKept: person.isKept })
  }

  /** Without an answer the person counts by what this phone itself can say. */
  const addOffline = async (current: OpenTube, id: string, text: string): Promise<void> => {
    const keys = current.people.map(({ key }) => key)
    const judged = await judgeOffline(
      toCheckInput(text),
      { kind: current.kind, keys },
      readKeys(),
      Date.now(),
    )
    if (judged.outcome !== 'taken') {
      takeBack(id)
      return tellPerson(current, judged.outcome, {})
    }
    tellKept(id)
    add(current, { id, isKept: true, key: judged.key }, current.people.length + 1)
  }

  const tellAnswer = (current: OpenTube, id: string, asked: Asked, answer: SampleResult) => {
    if (answer.outcome === 'person_unknown' && asked.means.document) setUnwritten({ text: asked.text })
    if (answer.others) setWhich({ text: asked.text, others: answer.others })
    if (answer.outcome !== 'taken') return tellPerson(current, answer.outcome, answer)
    const named = answer.nameMasked ? { nameMasked: answer.nameMasked } : {}
    const { document, forMemberId } = asked.means
    const key = document && !forMemberId ? `${document.type}:${document.number}` : ''
    add(current, { id, ...named, isKept: false, key }, answer.nth ?? current.people.length + 1)
  }

  const takePerson = async (current: OpenTube, text: string, more: More): Promise<void> => {
    const means = toMeans(text, more)
    if (!means) return tellPerson(current, 'code_unreadable', {})
    if (current.people.length >= current.capacity) return tellPerson(current, 'tube_full', {})
    const id = createRequestId()
    if (!keepAct(id, { op: 'sample', barcode: current.barcode, means }))
      return setTold({ about: 'tube', problem: 'phone_full' })
    const answer = navigator.onLine ? await awaitSample(id) : undefined
    if (!answer && more.forMemberId) {
      takeBack(id)
      return setTold({ about: 'tube', problem: 'needs_network' })
    }
    if (!answer) return addOffline(current, id, text)
    if ('refused' in answer) return setTold({ about: 'tube', error: answer.refused })
    tellAnswer(current, id, { text, means }, answer)
  }

  /** A scan: a tube where there is none, else a person. */
  const take = (text: string, more: More = {}) => {
    setUnwritten(undefined)
    setWhich(undefined)
    if (!tube || parseTubeBarcode(text).ok) return takeTube(text)
    setAsking(true)
    void takePerson(tube, text, more).finally(() => setAsking(false))
  }

  const undo = async (id: string, reason: UndoReason): Promise<void> => {
    if (!tube) return
    try {
      if (!takeBack(id))
        await call('undoSample', {
          body: { requestId: createRequestId(), barcode: tube.barcode, sampleRequestId: id, reason },
        })
      keepTube({ ...tube, people: tube.people.filter((person) => person.id !== id) })
      setTold(undefined)
    } catch (error) {
      setTold({ about: 'tube', error })
    }
  }

  const seal = (count: number) => {
    if (!tube) return
    if (count !== tube.people.length) return setTold({ about: 'tube', problem: 'count_differs' })
    if (!keepAct(createRequestId(), { op: 'seal', barcode: tube.barcode, count }))
      return setTold({ about: 'tube', problem: 'phone_full' })
    void sendActs()
    keepTube(undefined)
    setTold({ about: 'sealed', count })
  }

  const giveUpTube = () => {
    if (tube?.people.length === 0) keepTube(undefined)
  }

  return { tube, told, asking, unwritten, which, ...acts, take, undo, seal, giveUpTube }
}

export type Sampling = ReturnType<typeof useSampling>
