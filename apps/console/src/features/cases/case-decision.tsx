import type { Case } from '@jiankangbao/contracts/tracing/schemas'
import { Button, Form, Modal, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { pathTo } from '../../path-to.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { EvidenceField } from '../../ui/evidence-fields.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

type Made = Case['proposals'][number]

const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)} %`

const columns: Column<Made>[] = [
  {
    key: 'kind',
    title: 'proposals.kind',
    primary: true,
    render: ({ kind, state }, t) => (
      <>
        {t(`proposals.kinds.${kind}`)} <Tag>{t(`proposals.states.${state}`)}</Tag>
      </>
    ),
  },
  { key: 'persons', title: 'cases.persons', render: ({ persons }) => persons },
  { key: 'standing', title: 'cases.standing', render: ({ standing }) => standing },
  {
    key: 'positive',
    title: 'cases.positive',
    render: ({ kind, persons, positive }) =>
      kind === 'case.expose' ? `${positive} (${shareOf(positive, persons)})` : '',
  },
]

/** What was proposed and decided, what still stands of it, and what share turned positive. */
export const CaseDecision = ({ opened }: { opened: Case }) => {
  const { t } = useTranslation()
  const [undoing, setUndoing] = useState<Made>()
  return (
    <div className="panel" data-testid="case-decisions">
      <h2>{t('cases.decisions')}</h2>
      <DataList
        label={t('cases.decisions')}
        rows={opened.proposals}
        rowKey={({ proposalId }) => proposalId}
        columns={columns}
        empty={{ title: t('cases.noDecision'), hint: t('cases.noDecisionHint') }}
        actions={(made) => (
          <>
            <OpenButton to={pathTo('/proposals/:proposalId?', { proposalId: made.proposalId })} />{' '}
            {made.kind === 'case.expose' && made.standing > 0 && !opened.proposalId && (
              <Button danger onClick={() => setUndoing(made)}>
                {t('cases.undo')}
              </Button>
            )}
          </>
        )}
      />
      {undoing && <UndoModal opened={opened} made={undoing} onClose={() => setUndoing(undefined)} />}
    </div>
  )
}

const UndoModal = ({ opened, made, onClose }: { opened: Case; made: Made; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ evidence: string }>()
  const [requestId] = useState(createRequestId)
  const undoing = useAction({
    run: ({ evidence }: { evidence: string }) =>
      call('proposeExposureUndo', {
        params: { caseId: opened.caseId },
        body: { requestId, proposalId: made.proposalId, evidence: evidence.trim() },
      }),
    refresh: [['cases'], ['proposals']],
    done: t('cases.undoProposed'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('cases.undoTitle', { count: made.standing })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      okButtonProps={{ danger: true }}
      cancelText={t('app.action.cancel')}
      confirmLoading={undoing.isPending}
    >
      <p>{t('cases.undoHint')}</p>
      <Problem error={undoing.error} />
      <Form form={form} layout="vertical" onFinish={(values) => undoing.mutate(values)}>
        <EvidenceField />
      </Form>
    </Modal>
  )
}
