import { callPhone } from '../../platform/phone-call.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Screen } from '../../ui/screen.tsx'
import { say } from '../../words/words.ts'
import { useHotline } from '../session/client-config.ts'

const limits = ['province', 'notCertificate', 'fever', 'travelCard', 'screenshot'] as const
const questions = [1, 2, 3, 4, 5, 6] as const

/** Hotline, plain limits, questions and answers. */
export const HelpScreen = () => {
  const hotline = useHotline()
  return (
    <Screen name="help">
      <section className="card stack">
        <p className="lead">{say('help.lead', { hotline })}</p>
        <Button onClick={() => callPhone(hotline)}>☎ {say('action.call', { number: hotline })}</Button>
      </section>
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
