import type { Pass } from '@jiankangbao/contracts/code/schemas'
import { CONTACT_GROUPS } from '@jiankangbao/domain/tracing/contacts'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { say, sayCode } from '../../words/words.ts'
import { ReasonLines } from './reason-lines.tsx'

// The groups of contacts are categories of the same names.
const isContact = (category: string): boolean => CONTACT_GROUPS.some((group) => group === category)

/** Why this colour: every reason with since, until or condition, what to do, and how to object. */
export const ReasonsPanel = ({
  pass,
  hotline,
  memberId,
}: {
  pass: Pass
  hotline: string
  memberId?: string
}) => (
  <section className="card" data-testid="reasons">
    <h2 className="card-title">{say('pass.whyTitle', { word: say(`colour.${pass.colour}`) })}</h2>
    {pass.reasons.length === 0 && <p>{pass.colour === 'none' ? say('faq.a1') : say('pass.noReasons')}</p>}
    {pass.reasons.map((reason) => (
      <div className={`reason reason-${reason.colour}`} key={`${reason.category} ${reason.since}`}>
        <ReasonLines reason={reason} nowMs={Date.parse(pass.serverTime)} />
        {reason.actions.length > 0 && (
          <div>
            <p className="reason-doing">{say('pass.doing')}</p>
            <ul className="reason-actions">
              {reason.actions.map((action) => (
                <li key={action}>{sayCode('todo', action)}</li>
              ))}
            </ul>
          </div>
        )}
        {reason.colour === 'yellow' && (
          <Button kind="quiet" onClick={() => goTo('test-sites', { for: 'yellow' })}>
            {say('testing.goYellow')}
          </Button>
        )}
        {isContact(reason.category) && (
          <Button kind="quiet" onClick={() => goTo('shared-stays')}>
            {say('sharedStays.open')}
          </Button>
        )}
        {reason.category === 'identity_unconfirmed' && (
          <p className="small" data-testid="unconfirmed">
            {say('renewal.unconfirmed')}
          </p>
        )}
        {!reason.appealable && <p className="small">{sayCode('noAppeal', reason.category, { hotline })}</p>}
        {reason.appealable && (
          <div className="row">
            <Button
              kind="quiet"
              onClick={() =>
                goTo('appeal', { category: reason.category, ...(memberId ? { member: memberId } : {}) })
              }
            >
              {say('appeal.object')}
            </Button>
            <span className="small">{say('pass.appeal', { hotline })}</span>
          </div>
        )}
      </div>
    ))}
    <Button
      kind="link"
      onClick={() => goTo('code-history', memberId === undefined ? {} : { member: memberId })}
    >
      {say('codeHistory.title')}
    </Button>
  </section>
)
