import type { Case, CaseChange } from '@jiankangbao/contracts/tracing/schemas'
import { Button, Form, Input, Modal, Timeline } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { type Editing, useCaseAction } from './use-case-action.ts'

interface Props {
  opened: Case
  editing: Editing
}

/** What was changed, by whom and why; notes are among it. And who may open the case. */
export const CaseLog = ({ opened, editing }: Props) => {
  const { t } = useTranslation()
  const [act, setAct] = useState<'note' | 'reader'>()
  const close = () => setAct(undefined)
  return (
    <>
      <div className="panel">
        <h2>
          {t('cases.readers')}
          <Button onClick={() => setAct('reader')}>{t('cases.addReader')}</Button>
        </h2>
        <p className="quiet small">{t('cases.readersHint')}</p>
        <ul className="plain-list" data-testid="case-readers">
          {opened.readers.map(({ name, organisation }) => (
            <li key={`${name} ${organisation}`}>
              {name} <span className="quiet small">{organisation}</span>
            </li>
          ))}
        </ul>
      </div>
      <div className="panel">
        <h2>
          {t('cases.log')}
          {opened.state === 'open' && <Button onClick={() => setAct('note')}>{t('cases.addNote')}</Button>}
        </h2>
        <Timeline
          items={opened.changes.map((change) => ({
            key: `${change.version} ${change.at} ${change.change}`,
            content: <Change opened={opened} change={change} />,
          }))}
        />
        <p className="quiet small">{t('cases.holdHint')}</p>
      </div>
      {act === 'note' && <NoteModal opened={opened} editing={editing} onClose={close} />}
      {act === 'reader' && <ReaderModal opened={opened} editing={editing} onClose={close} />}
    </>
  )
}

const Change = ({ opened, change }: { opened: Case; change: CaseChange }) => {
  const { t } = useTranslation()
  const { stay, rules } = change
  const place = stay && opened.stays.find(({ stayId }) => stayId === stay.stayId)
  return (
    <>
      {formatInstant(change.at)} {change.by}{' '}
      {t(`cases.changes.${change.change}`, { defaultValue: change.change })}
      {stay && (
        <div className="small">
          {place && `${place.venueName} · ${place.pointName} `}
          {formatInstant(stay.fromAt)} – {formatInstant(stay.untilAt).slice(11)} ·{' '}
          {t(`cases.scopes.${stay.scope}`)} · {t(stay.counted ? 'cases.counts' : 'cases.countsNot')}
        </div>
      )}
      {rules && <div className="small">{t('cases.rulesWere', { ...rules })}</div>}
      {change.window && (
        <div className="small">
          {change.window.anchorAt && `${t('cases.anchor')} ${formatInstant(change.window.anchorAt)} `}
          {change.window.isolatedAt && `${t('cases.isolated')} ${formatInstant(change.window.isolatedAt)}`}
        </div>
      )}
      {change.note && <div className="case-note">{change.note}</div>}
    </>
  )
}

interface ModalProps extends Props {
  onClose: () => void
}

const NoteModal = ({ opened, editing, onClose }: ModalProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ note: string }>()
  const adding = useCaseAction(editing, {
    run: ({ note }: { note: string }) =>
      call('changeCase', {
        params: { caseId: opened.caseId },
        body: { version: opened.version, note: note.trim() },
      }),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('cases.addNote')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.save')}
      cancelText={t('app.action.cancel')}
      confirmLoading={adding.isPending}
    >
      <Problem error={adding.error} />
      <Form form={form} layout="vertical" onFinish={(values) => adding.mutate(values)}>
        <Form.Item
          name="note"
          label={t('cases.note')}
          rules={[{ required: true, whitespace: true, message: t('app.action.required') }]}
        >
          <Input.TextArea rows={4} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

interface Reader {
  username: string
  reason: string
}

const ReaderModal = ({ opened, editing, onClose }: ModalProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Reader>()
  const adding = useCaseAction(editing, {
    run: ({ username, reason }: Reader) =>
      call('addCaseReader', {
        params: { caseId: opened.caseId },
        body: { username: username.trim(), reason: reason.trim() },
      }),
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('cases.addReader')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={adding.isPending}
    >
      <Problem error={adding.error} hideFields />
      <Form
        form={form}
        layout="vertical"
        onFinish={(values) => adding.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item
          name="username"
          label={t('cases.username')}
          extra={t('cases.usernameHint')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <ReasonField rows={2} />
      </Form>
    </Modal>
  )
}
