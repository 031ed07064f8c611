import type { Proposal } from '@jiankangbao/contracts/proposal/schemas'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatInstant } from '../../api/instants.ts'
import { pathTo } from '../../path-to.ts'
import { Impact } from '../../ui/impact.tsx'
import { countMoved, Moves } from '../../ui/moves.tsx'
import { UnknownPlaces } from '../../ui/unknown-places.tsx'

/** The text that is to be told, as the second person must have read it. */
const AnnouncementSubject = ({ announcement }: { announcement: NonNullable<Proposal['announcement']> }) => {
  const { t } = useTranslation()
  const { announcementId, version, urgent, texts, audience, publishAt } = announcement
  return (
    <>
      <Link
        to={pathTo('/announcements/:announcementId/versions/:version', {
          announcementId,
          version: String(version),
        })}
      >
        {t('proposals.announcementSubject', announcement)}
      </Link>
      <div className="quiet small">
        {[
          t(`announcements.audiences.${audience}`),
          urgent && t('proposals.announcementUrgent'),
          texts !== undefined && t('proposals.announcementTexts', { count: texts }),
          publishAt && t('announcements.publishesAt', { at: formatInstant(publishAt) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </>
  )
}

/** What a version of the services changes, and the way to read all of it. */
const ServicesSubject = ({ services }: { services: NonNullable<Proposal['services']> }) => {
  const { t } = useTranslation()
  const lines = (
    [
      ['proposals.servicesAdded', services.added],
      ['proposals.servicesRemoved', services.removed],
      ['proposals.servicesChanged', services.changed],
    ] as const
  ).filter(([, names]) => names.length > 0)
  return (
    <>
      <Link to={pathTo('/services/versions/:version', { version: String(services.version) })}>
        {t('proposals.servicesSubject', services)}
      </Link>
      {lines.map(([words, names]) => (
        <div key={words} className="quiet small">
          {t(words, { names: names.join(' · ') })}
        </div>
      ))}
    </>
  )
}

/** What is usual for a role now and then, and how many days would be alarms. */
const NormSubject = ({ norm }: { norm: NonNullable<Proposal['lookupNorm']> }) => {
  const { t } = useTranslation()
  const lines = [
    ['proposals.normBefore', norm.before],
    ['proposals.normAfter', norm.after],
  ] as const
  return (
    <>
      {t('proposals.normSubject', { role: t(`domain.roles.${norm.role}`) })}
      {lines.map(([words, figures]) => (
        <div key={words} className="quiet small">
          {t(words)} {t('proposals.normLine', figures)}
        </div>
      ))}
    </>
  )
}

/** Whom or what a proposal concerns. */
export const ProposalSubject = ({ proposal }: { proposal: Proposal }) => {
  const { t } = useTranslation()
  const { person, zone, import: list, ruleset, case: patient, announcement } = proposal
  if (person)
    return (
      <>
        {person.nameMasked} <span className="code-text quiet small">{person.documentNumberMasked}</span>
      </>
    )
  if (patient)
    return (
      <>
        {t('proposals.caseSubject', patient)} {patient.nameMasked}
        {patient.groups.map(({ group, persons }) => (
          <div key={group} className="quiet small">
            {t('proposals.casePersons', { of: t(`proposals.caseGroups.${group}`), count: persons })}
          </div>
        ))}
        {patient.places.map(({ name, persons }) => (
          <div key={name} className="quiet small">
            {t('proposals.casePersons', { of: name, count: persons })}
          </div>
        ))}
      </>
    )
  if (zone)
    return (
      <>
        {t('proposals.zoneSubject', zone)}
        {zone.unregistered ? (
          <div className="quiet small">{t('proposals.zoneWaiting', { count: zone.unregistered })}</div>
        ) : null}
      </>
    )
  if (list)
    return (
      <>
        <Link to={pathTo('/imports/:importId', { importId: list.importId })}>
          {t('proposals.importSubject', {
            kind: t(`imports.kinds.${list.kind}`),
            fileName: list.fileName,
          })}
        </Link>
        <div className="quiet small">
          {list.changed === undefined ? t('proposals.importRows', list) : t('proposals.undoRows', list)}
          {list.replaced ? <div>{t('proposals.undoReplaced', { count: list.replaced })}</div> : null}
        </div>
      </>
    )
  if (proposal.lookupNorm) return <NormSubject norm={proposal.lookupNorm} />
  if (proposal.services) return <ServicesSubject services={proposal.services} />
  if (announcement) return <AnnouncementSubject announcement={announcement} />
  if (ruleset)
    return t('proposals.rulesetSubject', { id: ruleset.rulesetId, at: formatInstant(ruleset.effectiveFrom) })
  return null
}

/** What approving would do: of one person from colour to colour, of many how many. */
export const ProposalImpact = ({
  proposal,
  detailed = false,
}: {
  proposal: Proposal
  detailed?: boolean
}) => {
  const { t } = useTranslation()
  if (
    proposal.kind === 'ruleset.call_off' ||
    proposal.announcement ||
    proposal.services ||
    proposal.lookupNorm
  )
    return t('proposals.changesNobody')
  if (proposal.impact) return <Impact impact={proposal.impact} />
  const moves =
    proposal.import?.moves ?? proposal.zone?.moves ?? proposal.case?.moves ?? proposal.ruleset?.moves ?? []
  const unknown = <UnknownPlaces places={proposal.import?.unknownPlaces ?? []} />
  if (detailed)
    return (
      <>
        <Moves moves={moves} />
        {unknown}
      </>
    )
  return t('proposals.changed', { count: countMoved(moves) })
}

/** What speaks against it, for the one who decides. */
export const ProposalAlarms = ({ proposal }: { proposal: Proposal }) => {
  const { t } = useTranslation()
  if (proposal.alarms.length === 0 && !proposal.needsHq) return null
  return (
    <Alert
      style={{ marginTop: 12 }}
      type={proposal.alarms.length > 0 ? 'error' : 'warning'}
      showIcon
      data-testid="proposal-alarms"
      title={t('proposals.needsHq')}
      description={
        proposal.alarms.length > 0 && (
          <ul className="plain-list">
            {proposal.alarms.map((alarm) => (
              <li key={alarm.kind}>{t(`proposals.alarms.${alarm.kind}`, alarm)}</li>
            ))}
          </ul>
        )
      }
    />
  )
}
