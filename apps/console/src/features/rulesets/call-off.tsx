import type { RulesetEntry } from '@jiankangbao/contracts/ruleset/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** That a ruleset was called off, when, by whom and why; or that somebody has proposed it. Nothing otherwise. */
export const CallOffState = ({ ruleset: { calledOff, callOffProposalId } }: { ruleset: RulesetEntry }) => {
  const { t } = useTranslation()
  if (calledOff)
    return (
      <div className="small" data-testid="called-off">
        <div>{t('rulesets.calledOff', { at: formatInstant(calledOff.at) })}</div>
        <div className="quiet">{t('rulesets.calledOffBy', { ...calledOff })}</div>
      </div>
    )
  if (!callOffProposalId) return null
  return (
    <div className="small">
      <Link to={pathTo('/proposals/:proposalId?', { proposalId: callOffProposalId, state: 'all' })}>
        {t('rulesets.callOffProposed')}
      </Link>
    </div>
  )
}

/** Proposes that a coming ruleset never comes into force; somebody else at headquarters decides. */
export const CallOffButton = ({ ruleset }: { ruleset: RulesetEntry }) => {
  const { t } = useTranslation()
  const may = useMay()
  /** Of the request being written; another one each time. */
  const [requestId, setRequestId] = useState<string>()
  const propose = useAction({
    run: (reason: string) =>
      call('proposeRulesetCallOff', {
        params: { rulesetId: ruleset.rulesetId },
        body: { requestId: requestId ?? '', reason },
      }),
    refresh: [['rulesets'], ['proposals']],
    done: t('rulesets.callOffProposed'),
  })
  if (ruleset.state !== 'coming' || ruleset.callOffProposalId || !may('proposeRulesetCallOff')) return null
  return (
    <>
      <Button danger onClick={() => setRequestId(createRequestId())}>
        {t('rulesets.callOff')}
      </Button>
      <ReasonModal
        open={requestId !== undefined}
        title={t('rulesets.callOff')}
        warning={t('rulesets.callOffHint')}
        label={t('rulesets.callOffReason')}
        danger
        busy={propose.isPending}
        error={propose.error}
        submitText={t('rulesets.callOff')}
        onSubmit={(reason) => propose.mutate(reason, { onSuccess: () => setRequestId(undefined) })}
        onClose={() => setRequestId(undefined)}
      />
    </>
  )
}
