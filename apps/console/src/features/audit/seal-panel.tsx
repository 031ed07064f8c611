import type { AuditStatus, AuditVerification } from '@jiankangbao/contracts/audit/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Progress } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'

const RUNNING_MS = 1_000
const IDLE_MS = 30_000

const isOpen = (verification: AuditVerification | undefined): boolean =>
  verification?.state === 'waiting' || verification?.state === 'running'

/** Up to where the log is sealed, whether it was verified, and a warning where sealing has stopped. */
export const SealPanel = () => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['audit-status'],
    queryFn: () => call('getAuditStatus', {}),
    refetchInterval: ({ state }) => (isOpen(state.data?.latestVerification) ? RUNNING_MS : IDLE_MS),
  })
  const verify = useAction({
    run: (requestId: string) => call('verifyAuditLog', { body: { requestId } }),
    refresh: [['audit-status']],
  })
  return (
    <section className="panel" aria-label={t('audit.seal.title')} style={{ marginBottom: 16 }}>
      <QueryView query={query}>
        {(status) => (
          <>
            {status.lagging && (
              <Alert
                type="error"
                showIcon
                role="alert"
                style={{ marginBottom: 12 }}
                title={t('audit.seal.lagging')}
                description={t('audit.seal.laggingText', { at: formatInstant(status.oldestUnsealedAt) })}
              />
            )}
            <SealLine status={status} />
            <Verification verification={status.latestVerification} />
            <Problem error={verify.error} />
            <Button
              onClick={() => verify.mutate(createRequestId())}
              loading={verify.isPending}
              disabled={isOpen(status.latestVerification)}
            >
              {t('audit.seal.verify')}
            </Button>{' '}
            <span className="quiet small">
              {status.lastPassedAt
                ? t('audit.seal.verified', { at: formatInstant(status.lastPassedAt) })
                : t('audit.seal.neverVerified')}
            </span>
          </>
        )}
      </QueryView>
    </section>
  )
}

const SealLine = ({ status: { head, unsealedEntries } }: { status: AuditStatus }) => {
  const { t } = useTranslation()
  return (
    <p style={{ marginTop: 0 }}>
      <strong>
        {head
          ? t('audit.seal.sealed', {
              at: formatInstant(head.sealedAt),
              sequence: head.sequence,
              id: head.toId,
            })
          : t('audit.seal.none')}
      </strong>
      {unsealedEntries > 0 && (
        <span className="quiet"> · {t('audit.seal.waiting', { entries: unsealedEntries })}</span>
      )}
      {head && (
        <span className="quiet small code-text" style={{ display: 'block', overflowWrap: 'anywhere' }}>
          {t('audit.seal.hash', { hash: head.hash })}
        </span>
      )}
    </p>
  )
}

const wordProblem = (
  t: TFunction,
  { kind, auditId, sequence, object, rowId, by }: AuditVerification['problems'][number],
): string =>
  [
    t(`audit.seal.problems.${kind}`, { defaultValue: kind }),
    auditId && t('audit.seal.entry', { id: auditId }),
    object && t(`audit.seal.objects.${object}`, { defaultValue: object, id: rowId ?? '' }),
    sequence && t('audit.seal.number', { sequence }),
    by && t('audit.seal.by', { role: by }),
  ]
    .filter(Boolean)
    .join(' · ')

const Verification = ({ verification }: { verification: AuditVerification | undefined }) => {
  const { t } = useTranslation()
  if (!verification) return null
  const { state, sealsDone, sealsTotal, entriesDone, problems, problemCount } = verification
  const at = formatInstant(verification.finishedAt)
  const style = { marginBottom: 12 }
  if (state === 'waiting' || state === 'running')
    return (
      <div role="status" style={style}>
        {state === 'waiting'
          ? t('audit.seal.waitingState')
          : t('audit.seal.running', { done: sealsDone, total: sealsTotal, entries: entriesDone })}
        <Progress
          percent={sealsTotal > 0 ? Math.floor((100 * sealsDone) / sealsTotal) : 0}
          status="active"
          aria-label={t('audit.seal.verify')}
        />
      </div>
    )
  if (state === 'broken')
    return <Alert type="warning" showIcon style={style} title={t('audit.seal.broken', { at })} />
  if (state === 'passed')
    return (
      <Alert
        type="success"
        showIcon
        style={style}
        title={t('audit.seal.passed', { seals: sealsDone, entries: entriesDone, at })}
      />
    )
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={style}
      title={t('audit.seal.failed', { count: problemCount, at })}
      description={
        <>
          <p>{t('audit.seal.failedText')}</p>
          <ul>
            {problems.map((problem) => (
              <li key={JSON.stringify(problem)}>{wordProblem(t, problem)}</li>
            ))}
          </ul>
          {problemCount > problems.length && <p>{t('audit.seal.more', { count: problemCount })}</p>}
        </>
      }
    />
  )
}
