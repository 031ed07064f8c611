import type { HotlineCaller } from '@jiankangbao/contracts/hotline/schemas'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { wordCategory } from '../../ui/status-words.ts'

const OVER = ['closed', 'withdrawn', 'answered', 'upheld', 'refused', 'approved', 'rejected', 'expired']

interface Row {
  key: string
  state: string
  stateWords: string
  at: string
  title: ReactNode
  words?: string | undefined
}

/** What the caller has going on already: tickets, appeals, corrections, the latest first. */
export const CallerMatters = ({ caller }: { caller: HotlineCaller }) => {
  const { t } = useTranslation()
  const tickets = caller.tickets.map(
    ({ ticketId, number, kind, state, submittedAt, statement }): Row => ({
      ...{ key: ticketId, state, stateWords: t(`tickets.states.${state}`), at: submittedAt },
      title: (
        <Link to={pathTo('/tickets/:ticketId', { ticketId })} target="_blank">
          {t(`tickets.kinds.${kind}`)} {number}
        </Link>
      ),
      words: statement,
    }),
  )
  const appeals = caller.appeals.map(
    ({ appealId, category, state, submittedAt, statement, divisionName }): Row => ({
      ...{ key: appealId, state, stateWords: t(`appeals.states.${state}`), at: submittedAt },
      title: (
        <Link to={pathTo('/appeals/:appealId', { appealId })} target="_blank">
          {t('hotline.appealOf', { category: wordCategory(t, category), office: divisionName })}
        </Link>
      ),
      words: statement,
    }),
  )
  const corrections = caller.corrections.map(
    ({ correctionId, fields, state, madeAt }): Row => ({
      ...{ key: correctionId, state, stateWords: t(`operatorChanges.states.${state}`), at: madeAt },
      title: t('hotline.correctionOf', {
        fields: fields.map((field) => t(`tickets.correction.fields.${field}`)).join(t('app.comma')),
      }),
    }),
  )
  const rows = [...tickets, ...appeals, ...corrections].sort((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <section aria-label={t('hotline.matters')}>
      <h3>{t('hotline.matters')}</h3>
      {rows.length === 0 && <p className="quiet">{t('hotline.noMatters')}</p>}
      <ul className="plain-list hotline-rows">
        {rows.map(({ key, state, stateWords, at, title, words }) => (
          <li key={key} data-testid="matter">
            <Tag color={OVER.includes(state) ? 'default' : 'processing'}>{stateWords}</Tag>
            {title}
            <div className="quiet small hotline-words">
              {formatInstant(at)} {words}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
