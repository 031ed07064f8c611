import type { Person, PersonFinding } from '@jiankangbao/contracts/person-file/schemas'
import { Button, Space, Tag, Timeline } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { wordCategory } from '../../ui/status-words.ts'

const columns: Column<PersonFinding>[] = [
  {
    key: 'category',
    title: 'people.category',
    primary: true,
    render: ({ category, state }, t) => (
      <>
        {wordCategory(t, category)}{' '}
        <Tag color={state === 'active' ? 'processing' : 'default'}>{t(`people.findingStates.${state}`)}</Tag>
      </>
    ),
  },
  {
    key: 'anchor',
    title: 'people.anchor',
    render: ({ anchorAt, endedAt, endEvidence }, t) => (
      <>
        {formatInstant(anchorAt)}
        {endedAt && <Line title={t('people.endedAt')}>{formatInstant(endedAt)}</Line>}
        {endEvidence && <Line title={t('people.endEvidence')}>{endEvidence}</Line>}
      </>
    ),
  },
  { key: 'evidence', title: 'people.evidence', render: (finding) => <Evidence finding={finding} /> },
  {
    key: 'who',
    title: 'people.enteredAndApprovedBy',
    render: ({ enteredBy, approvedBy, approvedAt }) => (
      <>
        {enteredBy} / {approvedBy}
        <div className="quiet small">{formatInstant(approvedAt)}</div>
      </>
    ),
  },
]

const Line = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="small">
    {title} {children}
  </div>
)

const Evidence = ({ finding: { evidence, source, contact, zone } }: { finding: PersonFinding }) => {
  const { t } = useTranslation()
  const positive =
    contact?.positiveAt && ` · ${t('people.contactPositive', { at: formatInstant(contact.positiveAt) })}`
  return (
    <div>
      {evidence}
      {zone && <Line title={t('people.zone')}>{zone}</Line>}
      {contact && (
        <Line title={t('people.contact')}>
          {contact.nameMasked}
          {positive}
        </Line>
      )}
      <div className="quiet small">{source}</div>
    </div>
  )
}

interface Props {
  person: Person
  /** Present where the operator may propose the end of a finding. */
  onEnd?: (finding: PersonFinding) => void
}

/** All findings with evidence, who entered and who approved. */
export const Findings = ({ person, onEnd }: Props) => {
  const { t } = useTranslation()
  return (
    <section className="drawer-part">
      <h2>{t('people.findings')}</h2>
      <DataList
        label={t('people.findings')}
        rows={person.findings}
        rowKey={({ findingId }) => findingId}
        asCards
        empty={{ title: t('people.noFindings') }}
        columns={columns}
        actions={(finding) => finding.state === 'active' && <FindingActs finding={finding} onEnd={onEnd} />}
      />
    </section>
  )
}

const FindingActs = ({ finding, onEnd }: { finding: PersonFinding; onEnd: Props['onEnd'] }) => {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <Space>
      {onEnd && (
        <Button size="small" onClick={() => onEnd(finding)}>
          {t('people.proposeEnd')}
        </Button>
      )}
      {finding.category === 'confirmed' && may('openCase') && (
        <Link to={pathTo('/cases', { finding: finding.findingId })}>{t('cases.openFrom')}</Link>
      )}
    </Space>
  )
}

/** How the colour moved, latest first. */
export const Changes = ({ person }: { person: Person }) => {
  const { t } = useTranslation()
  const changes = [...person.changes].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <section className="drawer-part">
      <h2>{t('people.changes')}</h2>
      {changes.length === 0 && <p className="quiet">{t('people.noChanges')}</p>}
      <Timeline items={changes.map((change) => ({ content: <Change change={change} /> }))} />
    </section>
  )
}

const Change = ({ change }: { change: Person['changes'][number] }) => {
  const { t } = useTranslation()
  return (
    <>
      {change.from && (
        <>
          <ColourTag colour={change.from} />→{' '}
        </>
      )}
      <ColourTag colour={change.to} />
      <div className="quiet small">
        {formatInstant(change.at)} · {t(`people.causes.${change.cause}`, { defaultValue: change.cause })}
        {change.categories.length > 0 && (
          <> · {change.categories.map((key) => wordCategory(t, key)).join(t('app.comma'))}</>
        )}
      </div>
    </>
  )
}
