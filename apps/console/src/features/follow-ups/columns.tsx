import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatDay, formatInstant } from '../../api/instants.ts'
import { useTexts } from '../../locales/i18n.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import type { Column } from '../../ui/data-list.tsx'
import { wordCategory } from '../../ui/status-words.ts'

export const columns: Column<FollowUp>[] = [
  {
    key: 'person',
    title: 'followUps.person',
    primary: true,
    render: (followUp) => <Person followUp={followUp} />,
  },
  { key: 'days', title: 'followUps.measure', render: (followUp) => <Days followUp={followUp} /> },
  { key: 'health', title: 'followUps.health', render: (followUp) => <Health followUp={followUp} /> },
  { key: 'stay', title: 'followUps.stay', render: (followUp) => <Stay followUp={followUp} /> },
]

const Person = ({ followUp: { nameMasked, colour, categories } }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const read = useTexts()
  return (
    <>
      {nameMasked} <ColourTag colour={colour} />
      <div className="quiet small">
        {categories
          .map(({ category, title }) => wordCategory(t, category, title && read(title)))
          .join(t('app.comma'))}
      </div>
    </>
  )
}

export const wordDays = ({ day, of }: Pick<FollowUp, 'day' | 'of'>, t: TFunction): string =>
  of === undefined ? t('followUps.daysOpen', { day }) : t('followUps.days', { day, of })

/** The last whole day: an end is the first instant of the day after. */
export const lastDayOf = (endsAt: string): string => formatDay(new Date(Date.parse(endsAt) - 1).toISOString())

const Days = ({ followUp }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const { measure, state, overdue, endsAt, openAlarms } = followUp
  return (
    <>
      {state === 'open' ? (
        <Tag color={measure === 'isolated' ? 'error' : 'warning'}>{t(`followUps.measures.${measure}`)}</Tag>
      ) : (
        <Tag data-testid="follow-up-state">{t(`followUps.states.${state}`)}</Tag>
      )}
      {overdue && <Tag color="error">{t('followUps.views.overdue')}</Tag>}
      {openAlarms > 0 && <Tag color="error">{t('followUps.openAlarms', { count: openAlarms })}</Tag>}
      <div>{wordDays(followUp, t)}</div>
      {endsAt && <div className="quiet small">{t('followUps.until', { on: lastDayOf(endsAt) })}</div>}
    </>
  )
}

export const wordTemperature = ({ temperatureTenths, declaredAt }: FollowUp, t: TFunction): string =>
  temperatureTenths === undefined
    ? t('followUps.notDeclared')
    : t('followUps.temperature', {
        degrees: (temperatureTenths / 10).toFixed(1),
        at: formatInstant(declaredAt),
      })

const Health = ({ followUp }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const { look, lookedAt, declaredIll, seenToday, state } = followUp
  return (
    <>
      {state === 'open' && seenToday && <Tag color="success">{t('followUps.seenToday')}</Tag>}
      {declaredIll && <Tag color="error">{t('followUps.declaredIll')}</Tag>}
      <div>{wordTemperature(followUp, t)}</div>
      {look && (
        <div className="small" data-testid="follow-up-look">
          {t('followUps.lookedAt', { look: t(`followUps.looks.${look}`), at: formatInstant(lookedAt) })}
        </div>
      )}
      <Test followUp={followUp} />
    </>
  )
}

const Test = ({ followUp: { testDueAt, testedAt } }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const isLate = testDueAt !== undefined && Date.parse(testDueAt) < Date.now()
  return (
    <div className="small">
      {testDueAt && (
        <div className={isLate ? 'follow-up-late' : 'quiet'}>
          {t(isLate ? 'followUps.testLate' : 'followUps.testDue', { at: formatInstant(testDueAt) })}
        </div>
      )}
      {testedAt && <div className="quiet">{t('followUps.tested', { at: formatInstant(testedAt) })}</div>}
    </div>
  )
}

const Stay = ({ followUp }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const { stay, stayPlace, divisionName, unassignedAt, assignBy, offeredTo } = followUp
  return (
    <>
      {t(`followUps.stays.${stay}`)} {stayPlace}
      <div className="quiet small">
        {unassignedAt
          ? t('followUps.unassignedSince', { at: formatInstant(unassignedAt) })
          : `${t('followUps.division')}${t('app.colon')}${divisionName}`}
      </div>
      {assignBy && (
        <Tag color={Date.parse(assignBy) < Date.now() ? 'error' : 'warning'}>
          {t('followUps.assignBy', { at: formatInstant(assignBy) })}
        </Tag>
      )}
      {offeredTo && <Tag color="processing">{t('followUps.offeredTo', { division: offeredTo.name })}</Tag>}
    </>
  )
}
