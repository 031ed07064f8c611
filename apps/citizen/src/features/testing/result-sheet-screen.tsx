import type { ResultSheet } from '@jiankangbao/contracts/result-sheet/schemas'
import { canPrint, printPage } from '../../platform/page-look.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Failure } from '../../ui/failure.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useGate } from '../session/gate.ts'
import { Both, InEvery, ResultFacts, stampText } from './result-facts.tsx'
import './testing.css'

/** One page of A4, both languages, black on white. */
const Sheet = ({ sheet }: { sheet: ResultSheet }) => (
  <section className="card sheet" data-testid="result-sheet">
    <h2 className="sheet-title">
      <Both of="testing.sheet" />
    </h2>
    <ResultFacts facts={sheet} serverTime={sheet.serverTime} />
    <div className="sheet-code">
      <QrPicture text={sheet.qrText} label={say('testing.sheetQr')} className="sheet-qr" />
      <p className="sheet-check">
        <Both of="testing.sheetCheck" />
      </p>
    </div>
    <p className="small">
      <InEvery of="testing.sheetIssued" /> {stampText(sheet.issuedAt)}
    </p>
    <p className="small">
      <Both of="testing.sheetNotice" />
    </p>
  </section>
)

const SheetOf = () => {
  const { test, member } = useScreenParams('result-sheet')
  const { value, error, loading, reload } = useRemote(() =>
    api.call('issueResultSheet', {
      body: { testId: test ?? '', ...(member === undefined ? {} : { memberId: member }) },
    }),
  )
  return (
    <div className="stack">
      <Failure error={error} onRetry={reload} />
      {!value && loading && <p role="status">{say('state.loading')}</p>}
      {value && (
        <>
          <p className="lead no-print">{say('testing.sheetLead')}</p>
          <Sheet sheet={value} />
          {canPrint && (
            <div className="no-print">
              <Button onClick={printPage}>{say('testing.sheetPrint')}</Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}

/** A result to show or to print, with a code that anybody can verify. */
export const ResultSheetScreen = () => {
  const open = useGate('result-sheet')
  return <Screen name="result-sheet">{open && <SheetOf />}</Screen>
}
