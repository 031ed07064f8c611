import type { OverdueTestRows, RequiredTest } from '@jiankangbao/contracts/required-test/schemas'
import { Alert, Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

const MOST = 100

/** Proposes that chosen people missed their deadline, each a proposal of its own; afterwards it says whom it left and why. */
export const ProposeMany = ({ chosen, onDone }: { chosen: readonly RequiredTest[]; onDone: () => void }) => {
  const { t } = useTranslation()
  const [requestId, setRequestId] = useState<string>()
  const [outcome, setOutcome] = useState<{ answer: OverdueTestRows; people: readonly RequiredTest[] }>()
  const proposing = useAction({
    run: (evidence: string) =>
      call('proposeOverdueTests', {
        body: {
          requestId: requestId ?? '',
          requiredTestIds: chosen.map(({ requiredTestId }) => requiredTestId),
          evidence,
        },
      }),
    refresh: [['required-tests'], ['proposals']],
    onDone: (answer) => {
      setOutcome({ answer, people: chosen })
      setRequestId(undefined)
      onDone()
    },
  })
  return (
    <>
      {outcome && <Outcome {...outcome} onClose={() => setOutcome(undefined)} />}
      {chosen.length > 0 && (
        <div className="panel" data-testid="propose-many">
          <Space wrap>
            <strong>{t('requiredTests.chosen', { count: chosen.length })}</strong>
            {chosen.length > MOST && t('requiredTests.tooMany', { most: MOST })}
            <Button
              type="primary"
              disabled={chosen.length > MOST}
              onClick={() => setRequestId(crypto.randomUUID())}
            >
              {t('requiredTests.propose')}
            </Button>
          </Space>
        </div>
      )}
      <ReasonModal
        open={requestId !== undefined}
        title={t('requiredTests.proposeTitle', { count: chosen.length })}
        label={t('people.evidence')}
        warning={t('requiredTests.proposeHint')}
        busy={proposing.isPending}
        error={proposing.error}
        onSubmit={(evidence) => proposing.mutate(evidence)}
        onClose={() => setRequestId(undefined)}
      />
    </>
  )
}

const Outcome = (props: {
  answer: OverdueTestRows
  people: readonly RequiredTest[]
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const { answer, people, onClose } = props
  const left = answer.rows.filter(({ skipped }) => skipped)
  const nameOf = (id: string) => people.find(({ requiredTestId }) => requiredTestId === id)?.nameMasked
  return (
    <Alert
      data-testid="propose-outcome"
      type={left.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose }}
      style={{ marginBottom: 16 }}
      title={[
        t('requiredTests.done', { count: answer.done }),
        ...(left.length > 0 ? [t('requiredTests.skipped', { count: left.length })] : []),
      ].join(t('app.comma'))}
      description={
        left.length > 0 && (
          <ul>
            {left.map(({ requiredTestId, skipped }) => (
              <li key={requiredTestId}>
                {nameOf(requiredTestId)} {skipped && t(`requiredTests.skips.${skipped}`)}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
