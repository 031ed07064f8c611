import type { Person } from '@jiankangbao/contracts/schemas/finding'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { wordAction, wordCategory, wordCondition } from '../../ui/status-words.ts'

type Reason = Person['reasons'][number]

/** The colour now with every active reason: since, until, what ends it, what to do. */
export const StatusBanner = ({ person }: { person: Person }) => {
  const { t } = useTranslation()
  return (
    <section
      className={`status-banner status-${person.colour}`}
      data-testid="status-banner"
      data-colour={person.colour}
    >
      <strong>{t(`domain.colours.${person.colour}`)}</strong>
      {person.reasons.length === 0 && <div className="quiet">{t('people.noReasons')}</div>}
      <ul>
        {person.reasons.map((reason) => (
          <li key={`${reason.category}-${reason.since}`}>
            <ReasonLine reason={reason} />
          </li>
        ))}
      </ul>
      <div className="quiet small">
        {person.evaluatedAt && (
          <>
            {t('people.evaluatedAt')} {formatInstant(person.evaluatedAt)}
          </>
        )}
        {person.nextChangeAt && (
          <>
            {' · '}
            {t('people.nextChange')} {formatInstant(person.nextChangeAt)}
          </>
        )}
      </div>
    </section>
  )
}

const ReasonLine = ({ reason }: { reason: Reason }) => {
  const { t } = useTranslation()
  const parts = [
    t('people.since', { at: formatInstant(reason.since) }),
    ...(reason.until ? [t('people.until', { at: formatInstant(reason.until) })] : []),
    ...(reason.condition ? [t('people.condition', { condition: wordCondition(t, reason.condition) })] : []),
    ...(reason.actions.length > 0
      ? [t('people.todo', { actions: reason.actions.map((action) => wordAction(t, action)).join('、') })]
      : []),
    ...(reason.appealable ? [t('people.appealable')] : []),
  ]
  return (
    <>
      <ColourTag colour={reason.colour} /> <b>{wordCategory(t, reason.category)}</b>
      <div className="small">{parts.join(' · ')}</div>
    </>
  )
}
