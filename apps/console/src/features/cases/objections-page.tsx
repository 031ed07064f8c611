import type { ExposureObjection } from '@jiankangbao/contracts/tracing/schemas'
import { Alert, Button, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { createRequestId } from '../../api/request-id.ts'
import { pathTo } from '../../path-to.ts'
import type { Column } from '../../ui/data-list.tsx'
import { ListPage, useListQuery } from '../../ui/list-page.tsx'
import { OpenButton } from '../../ui/open-button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useUrlFilters } from '../../ui/url-filters.ts'
import { useAction } from '../../ui/use-action.ts'
import './cases.css'

const columns: Column<ExposureObjection>[] = [
  {
    key: 'person',
    title: 'objections.person',
    primary: true,
    render: ({ nameMasked, statement }) => (
      <>
        {nameMasked}
        <div className="quiet small case-note">{statement}</div>
      </>
    ),
  },
  {
    key: 'place',
    title: 'objections.place',
    render: ({ venueName, metAt, minutes, caseId }, t) => (
      <>
        {venueName} · {formatInstant(metAt)}
        <div className="quiet small">
          {t('cases.minutes', { count: minutes })} · {t('cases.number', { caseId })}
        </div>
      </>
    ),
  },
  { key: 'objected', title: 'objections.objected', render: ({ objectedAt }) => formatInstant(objectedAt) },
  { key: 'due', title: 'objections.due', render: ({ dueAt }) => <Due dueAt={dueAt} /> },
]

const Due = ({ dueAt }: { dueAt: string }) => {
  const { t } = useTranslation()
  const hours = Math.floor((Date.parse(dueAt) - Date.now()) / 3_600_000)
  return (
    <>
      {formatInstant(dueAt)}
      <div className={hours < 4 ? 'small soon' : 'quiet small'}>
        {hours < 0 ? t('objections.overdue') : t('objections.left', { count: hours })}
      </div>
    </>
  )
}

/** "I was not there": what citizens say of one stay together, the most urgent first. */
export default function ObjectionsPage() {
  const { t } = useTranslation()
  const [answering, setAnswering] = useState<ExposureObjection>()
  const { cursor, paging } = useUrlFilters([] as const)
  const query = useListQuery({
    key: ['objections'],
    query: { limit: 20, ...(cursor ? { cursor } : {}) },
    load: (filters) => call('listExposureObjections', { query: filters }),
    refreshMs: 30_000,
  })
  return (
    <ListPage
      words="objections"
      lead={t('objections.lead')}
      query={query}
      paging={paging}
      rows={({ objections }) => objections}
      rowKey={({ exposureId }) => exposureId}
      columns={columns}
      rowActions={(objection) =>
        objection.proposalId ? (
          <OpenButton
            to={pathTo('/proposals/:proposalId?', { proposalId: objection.proposalId })}
            words="objections.waits"
          />
        ) : (
          <Button type="primary" onClick={() => setAnswering(objection)}>
            {t('objections.answer')}
          </Button>
        )
      }
    >
      {answering && <AnswerModal objection={answering} onClose={() => setAnswering(undefined)} />}
    </ListPage>
  )
}

interface Values {
  verdict: 'uphold' | 'refuse'
  answer: string
}

const AnswerModal = ({ objection, onClose }: { objection: ExposureObjection; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(createRequestId)
  const answering = useAction({
    run: ({ verdict, answer }: Values) =>
      call('answerExposureObjection', {
        params: { exposureId: objection.exposureId },
        body: { requestId, uphold: verdict === 'uphold', answer: answer.trim() },
      }),
    refresh: [['objections'], ['proposals']],
    done: t('objections.answered'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('objections.answerTitle', { name: objection.nameMasked })}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.submit')}
      cancelText={t('app.action.cancel')}
      confirmLoading={answering.isPending}
    >
      <Alert type="info" title={objection.statement} style={{ marginBottom: 16 }} />
      <Problem error={answering.error} />
      <Form form={form} layout="vertical" onFinish={(values) => answering.mutate(values)}>
        <Form.Item
          name="verdict"
          label={t('objections.verdict')}
          rules={[{ required: true, message: t('app.action.required') }]}
        >
          <Radio.Group
            options={(['uphold', 'refuse'] as const).map((verdict) => ({
              value: verdict,
              label: t(`objections.verdicts.${verdict}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="answer"
          label={t('objections.text')}
          extra={t('objections.textHint')}
          rules={[
            {
              required: true,
              min: 4,
              max: 500,
              whitespace: true,
              message: t('app.action.tooShort', { min: 4 }),
            },
          ]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
