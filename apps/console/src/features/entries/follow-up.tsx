import type { OfficeEntry } from '@jiankangbao/contracts/entry/schemas'
import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

type Act = 'receive' | 'close' | 'reveal'

const KINDS = ['call', 'visit', 'note'] as const

/** Another dated note to the follow-up. */
const NoteModal = ({ entryId, open, onClose }: { entryId: string; open: boolean; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ kind: (typeof KINDS)[number]; note: string }>()
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const noting = useAction({
    run: (body: { kind: (typeof KINDS)[number]; note: string }) =>
      call('noteEntryFollowUp', { params: { entryId }, body: { ...body, requestId } }),
    refresh: [['entries']],
    done: t('app.action.done'),
    onDone: () => {
      setRequestId(crypto.randomUUID())
      onClose()
    },
  })
  return (
    <Modal
      open={open}
      title={t('entries.addNote')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={noting.isPending}
      afterClose={() => form.resetFields()}
      forceRender
    >
      <Problem error={noting.error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'call' }}
        onFinish={({ kind, note }) => noting.mutate({ kind, note: note.trim() })}
      >
        <Form.Item name="kind" label={t('entries.noteKind')}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: t(`entries.followUps.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('entries.note')}
          rules={[
            { required: true, min: 2, max: 500, whitespace: true, message: t('app.action.reasonHint') },
          ]}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Calling the travellers, receiving them, noting what was done, and the end; each goes on record. */
export const FollowUp = ({ entry: { entryId, state, contactPhoneMasked } }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act>()
  const [noting, setNoting] = useState(false)
  const [phone, setPhone] = useState<string>()
  const acting = useAction({
    run: async (text: string) => {
      const params = { entryId }
      if (act === 'reveal')
        return setPhone((await call('revealEntryPhone', { params, body: { purpose: text } })).contactPhone)
      await call(act === 'close' ? 'closeEntry' : 'receiveEntry', { params, body: { note: text } })
    },
    refresh: [['entries']],
    done: t('app.action.done'),
    onDone: () => setAct(undefined),
  })
  const open = state === 'submitted' || state === 'arrived'
  return (
    <Space wrap className="no-print">
      {phone ? (
        <a href={`tel:${phone}`}>{phone}</a>
      ) : (
        <Button onClick={() => setAct('reveal')} aria-label={`${t('entries.reveal')} ${contactPhoneMasked}`}>
          {contactPhoneMasked}
        </Button>
      )}
      {open && (
        <Button type="primary" onClick={() => setAct('receive')}>
          {t('entries.receive')}
        </Button>
      )}
      <Button onClick={() => setNoting(true)}>{t('entries.addNote')}</Button>
      {state === 'received' && <Button onClick={() => setAct('close')}>{t('entries.close')}</Button>}
      <NoteModal entryId={entryId} open={noting} onClose={() => setNoting(false)} />
      <ReasonModal
        open={act !== undefined}
        title={t(`entries.${act ?? 'receive'}`)}
        label={t('entries.note')}
        asks={act === 'reveal' ? 'purpose' : 'reason'}
        {...(act === 'reveal' ? { warning: t('people.unmaskWarn') } : {})}
        {...(act === 'receive' ? { warning: t('entries.receiveHint') } : {})}
        {...(act === 'close' ? { warning: t('entries.closeHint') } : {})}
        busy={acting.isPending}
        error={acting.error}
        onSubmit={(text) => acting.mutate(text)}
        onClose={() => setAct(undefined)}
      />
    </Space>
  )
}
