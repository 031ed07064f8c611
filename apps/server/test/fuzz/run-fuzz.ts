import type { AddressInfo } from 'node:net'
import { type OperationName, operations } from '@jiankangbao/contracts/operations'
import type { TestApp } from '../test-app.ts'
import { callerKinds, createCallers, isAllowed } from './callers.ts'
import { createKnownValues } from './known-values.ts'
import { createNeighbours } from './neighbours.ts'
import { createRandom } from './random.ts'
import { type FuzzInput, makeInput } from './requests.ts'
import { createSender, type FuzzAnswer } from './send.ts'

const AT_ONCE = 12
/** After so many hostile requests come the five of the neighbours, beside further hostile ones. */
const ROUND_EVERY = 40

export interface FuzzRun {
  seed: number
  inputs: number
  seconds: number
  operations: number
  /** Operations that also succeeded for somebody: hostile values got past the door. */
  operationsThatSucceeded: number
  /** Operations and kinds of callers that met. */
  pairs: number
  neighbourRounds: number
  statuses: Record<string, number>
  /** Server errors and dropped connections, with the request as it was sent. */
  failures: string[]
  neighbourFailures: string[]
  /** Operations that nobody who may call them called. */
  missed: OperationName[]
}

const describeFailure = (
  input: FuzzInput,
  { status, body }: FuzzAnswer,
  number: number,
  log: string[],
): string =>
  [
    `#${number} ${input.operation} as ${input.caller}: ${status} ${body.slice(0, 200)}`,
    `  ${input.method} ${input.path.slice(0, 400)}`,
    `  ${JSON.stringify({ ...input.headers, authorization: undefined, cookie: input.headers.cookie?.slice(0, 12) })}`,
    `  ${input.body?.toString('utf8').slice(0, 1200) ?? '(no body)'}`,
    ...log.map((line) => `  ${line.slice(0, 600)}`),
  ].join('\n')

const createTally = () => {
  const statuses = new Map<number, number>()
  const callersOf = new Map<OperationName, Set<string>>()
  const succeeded = new Set<OperationName>()
  return {
    count: ({ operation, caller, allowed }: FuzzInput, { status }: FuzzAnswer) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (operation === 'stray') return
      callersOf.set(operation, (callersOf.get(operation) ?? new Set()).add(caller))
      if (allowed && status >= 200 && status < 300) succeeded.add(operation)
    },
    read: () => ({
      operations: callersOf.size,
      operationsThatSucceeded: succeeded.size,
      pairs: [...callersOf.values()].reduce((sum, callers) => sum + callers.size, 0),
      statuses: Object.fromEntries([...statuses].sort(([a], [b]) => a - b)),
      missed: (Object.keys(operations) as OperationName[]).filter(
        (name) =>
          !callerKinds.some(
            (kind) => isAllowed(operations[name].access, kind) && callersOf.get(name)?.has(kind),
          ),
      ),
    }),
  }
}

/** Whether the caller's session must have ended by what was done before. */
const isSignedOut = ({ operation, caller, allowed }: FuzzInput, status: number): boolean =>
  status === 401 &&
  allowed &&
  caller !== 'nobody' &&
  operation !== 'stray' &&
  operations[operation].access.kind !== 'public'

const learnFrom = (learn: (answer: unknown) => void, { status, body }: FuzzAnswer): void => {
  if (status >= 200 && status < 300 && body.startsWith('{')) learn(JSON.parse(body))
}

/**
 * Sends `inputs` hostile requests to an app that listens.
 * @param log what the app has logged so far; what a failing request added to it goes with the failure
 */
export const runFuzz = async (
  app: TestApp,
  options: {
    seed: number
    inputs: number
    /** Stops after so many, whatever is left. */
    minutes: number
    log: string[]
    onProgress?: (sent: number, failures: number) => void
    onFailure?: (failure: string) => void
  },
): Promise<FuzzRun> => {
  const { seed, inputs, log } = options
  const random = createRandom(seed)
  const { send, close } = createSender((app.http.server.address() as AddressInfo).port)
  const callers = await createCallers(app)
  const neighbours = await createNeighbours(app, send)
  const { known, learn } = createKnownValues(neighbours.ids)
  const tally = createTally()
  const failures: string[] = []
  let sent = 0

  const sendOne = async () => {
    sent += 1
    const number = sent
    const input = makeInput(callers, known, random)
    const logged = log.length
    const answer = await send(input)
    tally.count(input, answer)
    learnFrom(learn, answer)
    if (answer.status === 0 || answer.status >= 500) {
      const failure = describeFailure(input, answer, number, log.slice(logged))
      failures.push(failure)
      options.onFailure?.(failure)
    }
    if (isSignedOut(input, answer.status)) await callers.renew(input.caller)
    if (number % 10_000 === 0) options.onProgress?.(number, failures.length)
  }

  const startedAt = performance.now()
  const isOver = () => sent >= inputs || performance.now() - startedAt > options.minutes * 60_000
  const work = async () => {
    while (!isOver()) {
      const round = sent % ROUND_EVERY === 0 ? neighbours.goRound() : undefined
      await sendOne()
      await round
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work))
  close()
  return {
    seed,
    inputs: sent,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    ...tally.read(),
    neighbourRounds: neighbours.rounds(),
    neighbourFailures: neighbours.failures,
    failures,
  }
}
