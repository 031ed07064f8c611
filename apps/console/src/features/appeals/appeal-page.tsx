import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Descriptions, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { MaskedPhone } from '../../ui/masked-phone.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Pictures } from '../../ui/pictures.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { StatusBanner } from '../../ui/status-banner.tsx'
import { wordCategory } from '../../ui/status-words.ts'
import { AppealActs } from './appeal-acts.tsx'
import './appeals.css'
import { StateTag } from './state-tag.tsx'
import { TestsBehind } from './tests-behind.tsx'

/** One appeal with the colour it is about, read from where the colour comes from, and what can be done. */
export default function AppealPage() {
  const { t } = useTranslation()
  const { appealId = '' } = useParams()
  // Every reading is a look-up that the person sees: it is read when it is opened, and after an act.
  const query = useQuery({
    queryKey: ['appeals', 'one', appealId],
    queryFn: () => call('getAppeal', { params: { appealId } }),
    staleTime: 60_000,
  })
  return (
    <>
      <PageHead title={`${t('appeals.title')} ${query.data?.nameMasked ?? ''}`} />
      <QueryView query={query}>{(appeal) => <Shown appeal={appeal} />}</QueryView>
    </>
  )
}

const Shown = ({ appeal }: { appeal: OfficeAppeal }) => {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('appeals.against'), wordCategory(t, appeal.category)],
    [t('venues.state'), <StateTag key="state" state={appeal.state} />],
    [
      t('appeals.division'),
      appeal.escalated ? `${appeal.divisionName} · ${t('appeals.escalated')}` : appeal.divisionName,
    ],
    [t('appeals.submitted'), formatInstant(appeal.submittedAt)],
    [t('appeals.handler'), appeal.handledBy ?? t('appeals.nobody')],
    [t('appeals.phone'), <ContactPhone key="phone" appeal={appeal} />],
  ]
  return (
    <>
      <div className="panel">
        <Descriptions
          column={{ xs: 1, md: 2 }}
          bordered
          size="small"
          items={facts.map(([label, children]) => ({ key: label, label, children }))}
        />
        <h2>{t('appeals.statement')}</h2>
        <p className="appeal-statement">{appeal.statement}</p>
        <Pictures
          count={appeal.pictures}
          load={(number) => call('getAppealPicture', { params: { appealId: appeal.appealId, number } })}
        />
        <TestsBehind tests={appeal.tests} />
        {appeal.answer && (
          <Alert
            type="info"
            title={t('appeals.answer')}
            description={<span className="appeal-statement">{appeal.answer}</span>}
          />
        )}
        <AppealActs appeal={appeal} />
      </div>
      <div className="panel">
        <StatusBanner person={appeal.person} />
        <p>
          <Link to={pathTo('/people/:personId?', { personId: appeal.personId })}>
            {t('appeals.openPerson')}
          </Link>
        </p>
        <Timeline
          items={appeal.steps.map(({ at, step, office, operator, note }) => ({
            key: `${at} ${step}`,
            content: (
              <>
                {formatInstant(at)} {t(`appeals.steps.${step}`)}
                <div className="quiet small">{[office, operator].filter(Boolean).join(' · ')}</div>
                {note && <div>{note}</div>}
              </>
            ),
          }))}
        />
      </div>
    </>
  )
}

const ContactPhone = ({ appeal }: { appeal: OfficeAppeal }) => {
  const { t } = useTranslation()
  return (
    <MaskedPhone
      masked={appeal.contactPhoneMasked}
      title={t('appeals.revealPhone')}
      reveal={async (purpose) => {
        const params = { appealId: appeal.appealId }
        return { phone: (await call('revealAppealPhone', { params, body: { purpose } })).contactPhone }
      }}
    />
  )
}
