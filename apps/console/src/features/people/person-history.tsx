import type { Person, PersonFinding } from '@jiankangbao/contracts/schemas/finding'
import { Button, Tag, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'
import { ColourTag } from '../../ui/colour-tag.tsx'
import { DataList } from '../../ui/data-list.tsx'
import { wordCategory } from '../../ui/status-words.ts'

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
        columns={[
          {
            key: 'category',
            title: t('people.category'),
            primary: true,
            render: ({ category, state }) => (
              <>
                {wordCategory(t, category)}{' '}
                <Tag color={state === 'active' ? 'processing' : 'default'}>
                  {t(`people.findingStates.${state}`)}
                </Tag>
              </>
            ),
          },
          {
            key: 'anchor',
            title: t('people.anchor'),
            render: ({ anchorAt, endedAt, endEvidence }) => (
              <>
                {formatInstant(anchorAt)}
                {endedAt && (
                  <div className="small">
                    {t('people.endedAt')} {formatInstant(endedAt)}
                  </div>
                )}
                {endEvidence && (
                  <div className="small">
                    {t('people.endEvidence')} {endEvidence}
                  </div>
                )}
              </>
            ),
          },
          {
            key: 'evidence',
            title: t('people.evidence'),
            render: ({ evidence, source, contact, zone }) => (
              <div>
                {evidence}
                {zone && (
                  <div className="small">
                    {t('people.zone')} {zone}
                  </div>
                )}
                {contact && (
                  <div className="small">
                    {t('people.contact')} {contact.nameMasked}
                    {contact.positiveAt &&
                      ` · ${t('people.contactPositive', { at: formatInstant(contact.positiveAt) })}`}
                  </div>
                )}
                <div className="quiet small">{source}</div>
              </div>
            ),
          },
          {
            key: 'who',
            title: `${t('people.enteredBy')} / ${t('people.approvedBy')}`,
            render: ({ enteredBy, approvedBy, approvedAt }) => (
              <>
                {enteredBy} / {approvedBy}
                <div className="quiet small">{formatInstant(approvedAt)}</div>
              </>
            ),
          },
          {
            key: 'actions',
            title: '',
            actions: true,
            render: (finding) =>
              onEnd &&
              finding.state === 'active' && (
                <Button size="small" onClick={() => onEnd(finding)}>
                  {t('people.proposeEnd')}
                </Button>
              ),
          },
        ]}
      />
    </section>
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
      <Timeline
        items={changes.map((change) => ({
          content: (
            <>
              {change.from && (
                <>
                  <ColourTag colour={change.from} />→{' '}
                </>
              )}
              <ColourTag colour={change.to} />
              <div className="quiet small">
                {formatInstant(change.at)} ·{' '}
                {t(`people.causes.${change.cause}`, { defaultValue: change.cause })}
                {change.categories.length > 0 && (
                  <> · {change.categories.map((key) => wordCategory(t, key)).join(t('app.comma'))}</>
                )}
              </div>
            </>
          ),
        }))}
      />
    </section>
  )
}
