import type { Person } from '@jiankangbao/contracts/person-file/schemas'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../api/instants.ts'
import { useTexts } from '../locales/i18n.ts'
import { ColourTag } from './colour-tag.tsx'
import { wordAction, wordCategory, wordCondition } from './status-words.ts'

type Reason = Person['reasons'][number]
type Condition = NonNullable<Reason['conditions']>[number]

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

/** What is still outstanding; an evaluation by an earlier server names only the first. */
const conditionsOf = ({ condition, conditions }: Reason): Condition[] =>
  conditions ?? (condition === undefined ? [] : [{ key: condition }])

const wordOutstanding = (t: TFunction, { key, tests }: Condition): string => {
  const condition = t('people.condition', { condition: wordCondition(t, key) })
  if (!tests) return condition
  const { counted, required, kinds, minimumHoursApart: hours, nextSampleFrom } = tests
  const parts = [
    t(`people.tests.${kinds}`, { counted, required }),
    ...(required > 1 && hours > 0 ? [t('people.tests.apart', { hours })] : []),
    ...(nextSampleFrom && Date.parse(nextSampleFrom) > Date.now()
      ? [t('people.tests.next', { at: formatInstant(nextSampleFrom) })]
      : []),
  ]
  return `${condition}${t('people.tests.of', { tests: parts.join(t('people.tests.join')) })}`
}

const wordDates = (t: TFunction, reason: Reason): string[] => {
  const { since, until, endsAt, suspendedUntil } = reason
  const untilKey = conditionsOf(reason).length > 0 ? 'people.untilEarliest' : 'people.until'
  return [
    t('people.since', { at: formatInstant(since) }),
    ...(until ? [t(untilKey, { at: formatInstant(until) })] : []),
    ...(endsAt && endsAt !== until ? [t('people.endsAt', { at: formatInstant(endsAt) })] : []),
    ...(suspendedUntil ? [t('people.suspended', { at: formatInstant(suspendedUntil) })] : []),
  ]
}

const ReasonLine = ({ reason }: { reason: Reason }) => {
  const { t } = useTranslation()
  const read = useTexts()
  const title = reason.title && read(reason.title)
  const parts = [
    ...wordDates(t, reason),
    ...conditionsOf(reason).map((condition) => wordOutstanding(t, condition)),
    ...(reason.actions.length > 0
      ? [
          t('people.todo', {
            actions: reason.actions.map((action) => wordAction(t, action)).join(t('app.comma')),
          }),
        ]
      : []),
    ...(reason.appealable ? [t('people.appealable')] : []),
  ]
  return (
    <>
      <ColourTag colour={reason.colour} /> <b>{wordCategory(t, reason.category, title)}</b>
      <div className="small">{parts.join(' · ')}</div>
    </>
  )
}
