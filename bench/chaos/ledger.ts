/** One scan as the phone knows it. Times in milliseconds since 1970, of the machine that all share. */
export interface LedgerEntry {
  requestId: string
  personId: string
  sentAt: number
  /** Of the first answer. */
  acknowledgedAt: number | undefined
  /** Colour and time of every acknowledged answer, repeats included. */
  answers: { colour: string; recordedAt: string }[]
}

/** What the database holds for a request. */
export interface RecordedVisit {
  requestId: string
  count: number
  colour: string | undefined
}

/** Colours of a person: from `at` on, until the next one. */
export type ColourHistory = Map<string, { at: number; colour: string }[]>

export interface Violation {
  kind: 'lost' | 'doubled' | 'answers_differ' | 'colour_differs' | 'colour_never_had'
  requestId: string
  detail: string
}

/** From the commit of a change until a statement that begins sees it, and back: both on one machine. */
const TOLERANCE_MS = 20

const hadColour = (
  changes: { at: number; colour: string }[],
  colour: string,
  from: number,
  to: number,
): boolean =>
  changes.some((change, index) => {
    const end = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY
    return change.colour === colour && change.at <= to + TOLERANCE_MS && end >= from - TOLERANCE_MS
  })

const judgeAnswers = (
  { answers, personId, sentAt, acknowledgedAt }: LedgerEntry,
  stored: string | undefined,
  history: ColourHistory,
): [Violation['kind'], string][] => {
  const [first, ...repeats] = answers
  if (!first || acknowledgedAt === undefined) return []
  const found: [Violation['kind'], string][] = []
  for (const answer of repeats)
    if (answer.colour !== first.colour || answer.recordedAt !== first.recordedAt)
      found.push(['answers_differ', `${JSON.stringify(first)} then ${JSON.stringify(answer)}`])
  if (stored !== first.colour) found.push(['colour_differs', `${first.colour} answered, ${stored} stored`])
  if (!hadColour(history.get(personId) ?? [], first.colour, sentAt, acknowledgedAt))
    found.push(['colour_never_had', `${first.colour} between ${sentAt} and ${acknowledgedAt}`])
  return found
}

/**
 * Holds what was answered against what was recorded: every acknowledged scan there once, none twice, every repeat
 * answered alike, no colour that the person did not have between sending and acknowledgement.
 */
export const judge = (
  ledger: readonly LedgerEntry[],
  recorded: readonly RecordedVisit[],
  history: ColourHistory,
): Violation[] => {
  const byRequest = new Map(recorded.map((each) => [each.requestId, each]))
  return ledger.flatMap((entry) => {
    const { requestId, acknowledgedAt } = entry
    const visit = byRequest.get(requestId)
    const rows = visit?.count ?? 0
    const found: [Violation['kind'], string][] = rows > 1 ? [['doubled', `${rows} rows`]] : []
    if (rows > 0) found.push(...judgeAnswers(entry, visit?.colour, history))
    else if (acknowledgedAt !== undefined)
      found.push(['lost', `acknowledged at ${new Date(acknowledgedAt).toISOString()}`])
    return found.map(([kind, detail]) => ({ kind, requestId, detail }))
  })
}
