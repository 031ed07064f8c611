import type { SheetFacts } from '@jiankangbao/contracts/result-sheet/schemas'
import type { ReactNode } from 'react'
import type { WordKey } from '../../locales/words.types.ts'
import { clockText, dayText } from '../../words/time-words.ts'
import { sayInEvery, type Values } from '../../words/words.ts'

const HOUR_MS = 3_600_000
/** Doors ask for one of these. */
const LIMITS = [24, 48, 72]

/** Every language below the other: a sheet is read by whoever gets it into their hands. */
export const Both = ({ of, values }: { of: WordKey; values?: Values }) => (
  <>
    {sayInEvery(of, values).map(({ tag, text }) => (
      <span key={text} lang={tag} className="both">
        {text}
      </span>
    ))}
  </>
)

/** Every language in one line. */
export const InEvery = ({ of }: { of: WordKey }) => (
  <>
    {sayInEvery(of).map(({ tag, text }, place) => (
      <span key={text} lang={tag}>
        {place > 0 ? ` · ${text}` : text}
      </span>
    ))}
  </>
)

/** `2022-03-10 14:05` in Asia/Shanghai, the same in every language. */
export const stampText = (instant: string): string => {
  const ms = Date.parse(instant)
  return `${dayText(ms)} ${clockText(ms).slice(0, 5)}`
}

const Row = ({ of, children }: { of: WordKey; children: ReactNode }) => (
  <li className="sheet-row">
    <div className="sheet-key">
      <Both of={of} />
    </div>
    <div className="sheet-value">{children}</div>
  </li>
)

/** How old a swab is, and for which doors that is enough. */
const Validity = ({ sampledAt, nowMs }: { sampledAt: string; nowMs: number }) => {
  const hours = Math.max(0, Math.floor((nowMs - Date.parse(sampledAt)) / HOUR_MS))
  const limit = LIMITS.filter((each) => hours < each)[0]
  return (
    <p className="sheet-validity">
      <Both of="testing.sheetAge" values={{ hours }} />
      {limit === undefined ? (
        <Both of="testing.sheetOld" />
      ) : (
        <Both of="testing.sheetGood" values={{ limit }} />
      )}
    </p>
  )
}

/** What a result says, on the sheet and where it is verified. */
export const ResultFacts = ({ facts, serverTime }: { facts: SheetFacts; serverTime: string }) => (
  <>
    <p
      className={`sheet-result my-test-${facts.result}`}
      data-testid="sheet-result"
      data-result={facts.result}
    >
      <span className="my-test-word">
        <InEvery of={`testing.state.${facts.result}`} />
      </span>
    </p>
    {facts.result === 'negative' && <Validity sampledAt={facts.sampledAt} nowMs={Date.parse(serverTime)} />}
    <ul className="sheet-facts">
      <Row of="testing.sheetName">{facts.nameMasked}</Row>
      <Row of="testing.sheetKind">
        <InEvery of={`testing.kind.${facts.kind}`} />
      </Row>
      <Row of="testing.sheetSampled">{stampText(facts.sampledAt)}</Row>
      {facts.receivedAt !== undefined && <Row of="testing.sheetReceived">{stampText(facts.receivedAt)}</Row>}
      <Row of="testing.sheetReported">{stampText(facts.reportedAt)}</Row>
      {facts.siteName !== undefined && <Row of="testing.sheetSite">{facts.siteName}</Row>}
      <Row of="testing.sheetLaboratory">{facts.laboratory}</Row>
    </ul>
  </>
)
