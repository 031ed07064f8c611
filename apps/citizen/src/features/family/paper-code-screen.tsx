import type { PaperCode } from '@jiankangbao/contracts/code/schemas'
import { useState } from 'react'
import { canPrint, printPage } from '../../platform/page-look.ts'
import { makeRequestId } from '../../platform/random-id.ts'
import { useScreenParams } from '../../platform/screen-params.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Message } from '../../ui/message.tsx'
import { QrPicture } from '../../ui/qr-picture.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useClientConfig, useHotline } from '../session/client-config.ts'
import { useGate } from '../session/gate.ts'

/** Makes, prints and reports lost the paper code of a member or of the account holder. */
export const PaperCodeScreen = () => {
  const open = useGate('paper-code')
  const { member } = useScreenParams('paper-code')
  return (
    <Screen name="paper-code">
      {open && <PaperCodeOf {...(member === undefined ? {} : { memberId: member })} />}
    </Screen>
  )
}

const PaperCodeOf = ({ memberId }: { memberId?: string }) => {
  const [code, setCode] = useState<PaperCode>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [lost, setLost] = useState(false)

  const run = async (action: () => Promise<void>) => {
    setBusy(true)
    setError(undefined)
    try {
      await action()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
      setAsking(false)
    }
  }
  const body = () => ({ requestId: makeRequestId(), ...(memberId === undefined ? {} : { memberId }) })
  const make = () =>
    run(async () => {
      setCode(await api.call('issuePaperCode', { body: body() }))
      setLost(false)
    })
  const reportLost = () =>
    run(async () => {
      await api.call('reportPaperCodeLost', { body: body() })
      setCode(undefined)
      setLost(true)
    })
  return (
    <div className="stack">
      <p className="lead no-print">{say('paper.lead')}</p>
      <Failure error={error} />
      {lost && <Message kind="good">{say('paper.lostDone')}</Message>}
      {code && <PaperCard code={code} />}
      <div className="stack no-print">
        {code && canPrint && <Button onClick={printPage}>{say('paper.print')}</Button>}
        {code && !canPrint && <p className="small">{say('paper.noPrint')}</p>}
        <Button kind={code ? 'quiet' : 'main'} onClick={make} busy={busy}>
          {code ? say('paper.remake') : say('paper.make')}
        </Button>
        <p className="small">{say('paper.replaces')}</p>
        <Button kind="link" onClick={() => setAsking(true)}>
          {say('paper.lost')}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={say('paper.lostAsk')}
          confirm={say('paper.lost')}
          onConfirm={reportLost}
          onCancel={() => setAsking(false)}
          busy={busy}
        >
          {say('paper.lostText')}
        </Dialog>
      )}
    </div>
  )
}

/** The card as it comes out of the printer: A6, black on white. */
const PaperCard = ({ code }: { code: PaperCode }) => {
  const hotline = useHotline()
  const city = useClientConfig()?.cityName
  return (
    <section className="paper" data-testid="paper-card" aria-label={say('paper.title')}>
      <p className="paper-city">{city ? say('app.inCity', { city: sayText(city) }) : say('app.name')}</p>
      <h2 className="paper-title">{say('paper.title')}</h2>
      <QrPicture text={code.qrText} label={say('paper.qr')} className="paper-qr" />
      <p className="paper-name">{code.nameMasked}</p>
      <p>{say('paper.issued', { on: code.issuedOn })}</p>
      <p className="paper-valid">{say('paper.valid', { on: code.validUntil })}</p>
      <p className="paper-notice">{say('paper.notice')}</p>
      <p className="paper-city">{say('help.lead', { hotline })}</p>
    </section>
  )
}
