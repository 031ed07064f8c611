import { goTo } from '../../platform/navigate.ts'
import { useRemote } from '../../state/use-remote.ts'
import { momentText } from '../../words/time-words.ts'
import { say } from '../../words/words.ts'
import { api } from '../session/api.ts'

/**
 * The provincial code and the travel card, right under the own code: whoever asks for the one often asks for the others.
 * What the province said last is shown at once; nobody is asked for it. A new key looks anew.
 */
export const CodesStrip = ({ memberId }: { memberId: string | undefined }) => {
  const of = memberId === undefined ? {} : { memberId }
  const { value: code } = useRemote(() => api.call('getProvincialCode', { query: of }))
  const member = memberId === undefined ? {} : { member: memberId }
  const colour = code?.colour
  const isStale = code?.state === 'identity_stale'
  return (
    <nav className="strip" aria-label={say('strip.title')}>
      <button
        type="button"
        className={`strip-part ${colour && !isStale ? `strip-${colour}` : ''}`}
        data-testid="strip-provincial"
        onClick={() => goTo('other-codes', member)}
      >
        <span className="strip-name">{say('strip.provincial')}</span>
        <span className="strip-state">
          {isStale
            ? say('strip.renew')
            : colour === undefined
              ? say('strip.look')
              : colour === 'none'
                ? say('strip.tooOld')
                : say(`colour.${colour}`)}
        </span>
        {colour !== undefined && code?.observedAt && (
          <span className="strip-age">{say('strip.asOf', { at: momentText(code.observedAt) })}</span>
        )}
      </button>
      {/* Operators give it for one's own phone alone. */}
      {memberId === undefined && (
        <button
          type="button"
          className="strip-part"
          data-testid="strip-travel"
          onClick={() => goTo('other-codes', { first: 'travel' })}
        >
          <span className="strip-name">{say('strip.travel')}</span>
          <span className="strip-state">{say('strip.look')}</span>
        </button>
      )}
    </nav>
  )
}
