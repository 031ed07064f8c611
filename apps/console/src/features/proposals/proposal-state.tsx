import type { ProposalState } from '@jiankangbao/contracts/proposal/schemas'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../../api/instants.ts'

const colours: Record<ProposalState, string> = {
  open: 'processing',
  approved: 'success',
  rejected: 'error',
  expired: 'default',
  withdrawn: 'default',
}

export const ProposalStateTag = ({ state }: { state: ProposalState }) => {
  const { t } = useTranslation()
  return <Tag color={colours[state]}>{t(`proposals.states.${state}`)}</Tag>
}

const HOUR_MS = 3600_000

/** How long an open proposal can still be decided; red in the last hours. */
export const Remaining = ({ expiresAt }: { expiresAt: string }) => {
  const { t } = useTranslation()
  const hours = (Date.parse(expiresAt) - Date.now()) / HOUR_MS
  return (
    <span className={hours < 6 ? 'soon' : ''} title={formatInstant(expiresAt)}>
      {hours < 1 ? t('proposals.lastHour') : t('proposals.hoursLeft', { hours: Math.floor(hours) })}
    </span>
  )
}
