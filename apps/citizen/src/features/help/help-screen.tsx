import { goTo } from '../../platform/navigate.ts'
import { callPhone } from '../../platform/phone-call.ts'
import { useRemote } from '../../state/use-remote.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'
import { useHotline } from '../session/client-config.ts'

const limits = ['province', 'notCertificate', 'fever', 'travelCard', 'screenshot'] as const
const questions = [1, 2, 3, 4, 5, 6] as const

/** The number; while the desk is full a call back and a ticket come first. Whether it is full is not worth an error. */
const Reach = ({ hotline }: { hotline: string }) => {
  const { value } = useRemote(() => api.call('getHotlineState', {}))
  if (!value?.full)
    return (
      <section className="card stack">
        <p className="lead">{say('help.lead', { hotline })}</p>
        <Button onClick={() => callPhone(hotline)}>☎ {say('action.call', { number: hotline })}</Button>
      </section>
    )
  return (
    <section className="card stack" data-testid="hotline-full">
      <p className="lead">{say('help.busy')}</p>
      <Button onClick={() => goTo('ticket', { kind: 'call_back' })}>{say('help.callBack')}</Button>
      <Button kind="quiet" onClick={() => goTo('ticket')}>
        {say('help.write')}
      </Button>
      <Button kind="link" onClick={() => callPhone(hotline)}>
        {say('help.callAnyway', { number: hotline })}
      </Button>
    </section>
  )
}

/** Hotline, plain limits, questions and answers. */
export const HelpScreen = () => {
  const hotline = useHotline()
  return (
    <Screen name="help">
      <Reach hotline={hotline} />
      <section className="card">
        <h2 className="card-title">{say('help.limits')}</h2>
        <ul className="limits">
          {limits.map((limit) => (
            <li key={limit}>{say(`limits.${limit}`)}</li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2 className="card-title">{say('help.faq')}</h2>
        {questions.map((number) => (
          <Disclosure key={number} title={say(`faq.q${number}`)} text={say(`faq.a${number}`)} />
        ))}
      </section>
    </Screen>
  )
}
