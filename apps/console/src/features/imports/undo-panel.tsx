import type { Import } from '@jiankangbao/contracts/import/schemas'
import { UNDOABLE_IMPORT_KINDS } from '@jiankangbao/domain/vocabulary/lists'
import { Alert, Button, Form, Input, Spin } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMay } from '../../api/session.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Moves } from '../../ui/moves.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Figures older than this are counted anew before anybody may propose; the server decides the same. */
const FIGURES_LIFE_MS = 24 * 3600_000

interface Values {
  reason: string
  evidence: string
}

/** Takes back what an applied list made: counted first, then proposed to somebody else. */
export const UndoPanel = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const may = useMay()
  if (list.state !== 'applied' || !UNDOABLE_IMPORT_KINDS.includes(list.kind) || !may('proposeImportUndo'))
    return null
  const old = !list.undoCountedAt || Date.parse(list.undoCountedAt) < Date.now() - FIGURES_LIFE_MS
  return (
    <section className="panel" aria-labelledby="import-undo" data-testid="import-undo">
      <h2 id="import-undo">{t('imports.undo')}</h2>
      <p className="quiet">{t('imports.undoHint')}</p>
      {list.undoProposalId ? <UndoProposed proposalId={list.undoProposalId} /> : <Count list={list} />}
      {list.undoEffect && <UndoEffect effect={list.undoEffect} replaced={list.impact?.replaced ?? 0} />}
      {list.undoEffect && !old && !list.undoProposalId && list.undoEffect.standing > 0 && (
        <UndoForm importId={list.importId} />
      )}
    </section>
  )
}

const UndoProposed = ({ proposalId }: { proposalId: string }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Alert
      type="info"
      showIcon
      className="import-note"
      data-testid="undo-proposed"
      title={t('imports.undoProposed')}
      action={
        <Button
          size="small"
          onClick={() => void navigate(pathTo('/proposals/:proposalId?', { proposalId, state: 'all' }))}
        >
          {t('imports.openProposal')}
        </Button>
      }
    />
  )
}

const Count = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const count = useAction({
    run: () => call('recountImport', { params: { importId: list.importId } }),
    refresh: [['imports']],
  })
  return (
    <div className="import-note">
      <Problem error={count.error} />
      {list.recounting ? (
        <span role="status">
          <Spin size="small" /> {t('imports.undoCounting')}
        </span>
      ) : (
        <Button loading={count.isPending} onClick={() => count.mutate(undefined)}>
          {t('imports.undoCount')}
        </Button>
      )}
      {list.undoCountedAt && !list.recounting && (
        <span className="quiet small">
          {' '}
          {t('proposals.figuresAt', { at: formatInstant(list.undoCountedAt) })}
        </span>
      )}
    </div>
  )
}

interface UndoEffectProps {
  effect: NonNullable<Import['undoEffect']>
  replaced: number
}

const UndoEffect = ({ effect, replaced }: UndoEffectProps) => {
  const { t } = useTranslation()
  const facts = [
    ['undoStanding', effect.standing],
    ['undoChanged', effect.changed],
    ...(replaced > 0 ? [['undoReplaced', replaced] as const] : []),
    ['persons', effect.persons],
    ['unregistered', effect.unregistered],
  ] as const
  return (
    <>
      <dl className="import-facts">
        {facts.map(([key, count]) => (
          <div key={key}>
            <dt>{t(`imports.${key}`)}</dt>
            <dd>{count.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      <Moves moves={effect.moves} />
    </>
  )
}

const UndoForm = ({ importId }: { importId: string }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const propose = useAction({
    run: (values: Values) =>
      call('proposeImportUndo', { params: { importId }, body: { ...values, requestId } }),
    refresh: [['imports'], ['proposals']],
    done: t('imports.undoProposed'),
  })
  return (
    <Form
      form={form}
      layout="vertical"
      className="import-form"
      onFinish={(values) => propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
    >
      <Problem error={propose.error} />
      <Form.Item
        name="reason"
        label={t('imports.undoReason')}
        rules={[
          {
            required: true,
            whitespace: true,
            min: 2,
            max: 300,
            message: t('app.action.tooShort', { min: 2 }),
          },
        ]}
      >
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t('imports.evidence')}
        extra={t('imports.undoEvidenceHint')}
        rules={[
          {
            required: true,
            whitespace: true,
            min: 4,
            max: 500,
            message: t('app.action.tooShort', { min: 4 }),
          },
        ]}
      >
        <Input maxLength={500} />
      </Form.Item>
      <Button danger htmlType="submit" loading={propose.isPending}>
        {t('imports.undoPropose')}
      </Button>
    </Form>
  )
}
