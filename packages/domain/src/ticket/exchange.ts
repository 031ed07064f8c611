/** What the telephone exchange of the hotline counts, at one moment. */
export interface ExchangeFigures {
  /** Callers who wait now, and since when the first of them does. */
  waiting: number
  longestWaitSeconds: number
  /** Operators whose telephone is signed in, and those of them who are free. */
  agents: number
  ready: number
  /** Since midnight in the city. */
  offered: number
  answered: number
  /** Of those offered: answered within so many seconds. */
  answeredInTime: number
  answerSeconds: number
}

const MOST_CALLS = 10_000_000
const MOST_AGENTS = 100_000
const MOST_SECONDS = 86_400

const BOUNDS: Readonly<Record<keyof ExchangeFigures, number>> = {
  waiting: MOST_CALLS,
  longestWaitSeconds: MOST_SECONDS,
  agents: MOST_AGENTS,
  ready: MOST_AGENTS,
  offered: MOST_CALLS,
  answered: MOST_CALLS,
  answeredInTime: MOST_CALLS,
  answerSeconds: 600,
}

/** Reads what an exchange told; undefined where a figure is missing, out of bounds, or they contradict each other. */
export const readExchangeFigures = (told: unknown): ExchangeFigures | undefined => {
  const given = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>
  const figures = {} as ExchangeFigures
  for (const name of Object.keys(BOUNDS) as (keyof ExchangeFigures)[]) {
    const value = given[name]
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > BOUNDS[name])
      return undefined
    figures[name] = value
  }
  const { ready, agents, offered, answered, answeredInTime, answerSeconds } = figures
  const makesSense = ready <= agents && answered <= offered && answeredInTime <= answered && answerSeconds > 0
  return makesSense ? figures : undefined
}

/** What an exchange told counts as now for so long; later the desk types again what its telephones show. */
export const EXCHANGE_FRESH_MS = 90_000
/** Clocks differ; what is from later than this is from no clock. */
const SKEW_MS = 60_000

/** Whether figures of a moment count as now. */
export const isExchangeFresh = (measuredMs: number, nowMs: number): boolean =>
  measuredMs <= nowMs + SKEW_MS && nowMs - measuredMs < EXCHANGE_FRESH_MS
