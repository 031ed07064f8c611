import type { Pass } from '@jiankangbao/contracts/schemas/person'
import { goTo } from '../../platform/navigate.ts'
import { Button } from '../../ui/button.tsx'
import { momentText } from '../../words/time-words.ts'
import { say, sayCode } from '../../words/words.ts'

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
        <h3 className="reason-title">{sayCode('category', reason.category)}</h3>
        <p className="reason-dates">
          {say('pass.since', { at: momentText(reason.since) })}
          {reason.until !== undefined && ` · ${say('pass.until', { at: momentText(reason.until) })}`}
        </p>
        {reason.condition !== undefined && (
          <p className="reason-dates">{sayCode('condition', reason.condition)}</p>
        )}
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
