import type { HotlinePolicies, HotlinePolicyVersion } from '@jiankangbao/contracts/hotline/schemas'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { formatInstant } from '../../api/instants.ts'
import { useMay } from '../../api/session.ts'
import { type Column, DataList } from '../../ui/data-list.tsx'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { QueryView } from '../../ui/query-view.tsx'
import { useAction } from '../../ui/use-action.ts'
import { type Policy, wordDifference } from './policy-difference.ts'
import { KeyedRows, NormFields } from './policy-fields.tsx'
import './hotline.css'

const KEY = ['hotline', 'policies'] as const
// The desk works by it from the moment of the release.
const refresh = [KEY, ['hotline', 'desk']]

const columns: Column<HotlinePolicyVersion>[] = [
  {
    key: 'version',
    title: 'hotlinePolicy.version',
    primary: true,
    render: ({ version, state }, t) => `${version} · ${t(`hotline.policyStates.${state}`)}`,
  },
  { key: 'note', title: 'hotlinePolicy.note', render: ({ changeNote }) => changeNote },
  {
    key: 'edited',
    title: 'hotlinePolicy.edited',
    render: ({ editedBy, editedAt }) => `${editedBy} · ${formatInstant(editedAt)}`,
  },
  {
    key: 'released',
    title: 'hotlinePolicy.released',
    render: ({ releasedBy, releasedAt }) =>
      releasedAt ? `${releasedBy} · ${formatInstant(releasedAt)}` : '',
  },
]

/** How the hotline works: norms, what it decides alone, codes and words. One writes, another releases. */
export default function PolicyPage() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: KEY, queryFn: () => call('listHotlinePolicies', {}) })
  return (
    <>
      <PageHead title={t('hotlinePolicy.title')} />
      <p className="quiet">{t('hotlinePolicy.lead')}</p>
      <QueryView query={query}>{(all) => <Shown all={all} />}</QueryView>
    </>
  )
}

const Shown = ({ all }: { all: HotlinePolicies }) => {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const draft = all.versions.find(({ state }) => state === 'draft')
  return (
    <>
      <p>
        {all.current === 0
          ? t('hotlinePolicy.builtIn')
          : t('hotlinePolicy.current', { version: all.current })}
      </p>
      {draft && !editing && <Draft draft={draft} all={all} />}
      {editing ? (
        <Editor draft={draft} all={all} onDone={() => setEditing(false)} />
      ) : (
        <Button type={draft ? 'default' : 'primary'} onClick={() => setEditing(true)}>
          {t(draft ? 'hotlinePolicy.goOn' : 'hotlinePolicy.edit')}
        </Button>
      )}
      <h2>{t('hotlinePolicy.versions')}</h2>
      <DataList
        label={t('hotlinePolicy.versions')}
        rows={all.versions}
        rowKey={({ version }) => String(version)}
        columns={columns}
        empty={{ title: t('hotlinePolicy.empty'), hint: t('hotlinePolicy.emptyHint') }}
      />
    </>
  )
}

/** What waits for a second person, and what it changes. */
const Draft = ({ draft, all }: { draft: HotlinePolicyVersion; all: HotlinePolicies }) => {
  const { t, i18n } = useTranslation()
  const may = useMay()
  const release = useAction({
    run: () => call('releaseHotlinePolicy', { body: { revision: draft.revision } }),
    ...{ refresh, done: t('hotlinePolicy.releasedNow') },
  })
  const drop = useAction({
    run: () => call('dropHotlinePolicy', {}),
    ...{ refresh, done: t('hotline.policyStates.dropped') },
  })
  const lines = wordDifference(t, i18n.language, all.policy, draft.policy)
  return (
    <section className="panel" aria-label={t('hotlinePolicy.draft')} data-testid="policy-draft">
      <h2>{t('hotlinePolicy.draft')}</h2>
      <p>
        {draft.changeNote}{' '}
        <span className="quiet small">
          {draft.editedBy} · {formatInstant(draft.editedAt)}
        </span>
      </p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length === 0 && <p className="quiet">{t('hotlinePolicy.noChange')}</p>}
      <Problem error={release.error ?? drop.error} />
      {draft.own && <Alert type="info" title={t('hotlinePolicy.ownWhy')} style={{ marginBottom: 12 }} />}
      <Space wrap>
        {may('releaseHotlinePolicy') && !draft.own && (
          <Button type="primary" loading={release.isPending} onClick={() => release.mutate()}>
            {t('hotlinePolicy.release')}
          </Button>
        )}
        <Popconfirm
          title={t('hotlinePolicy.dropAsk')}
          onConfirm={() => drop.mutate()}
          okText={t('hotlinePolicy.drop')}
          cancelText={t('app.action.back')}
        >
          <Button danger loading={drop.isPending}>
            {t('hotlinePolicy.drop')}
          </Button>
        </Popconfirm>
      </Space>
    </section>
  )
}

interface EditorProps {
  draft: HotlinePolicyVersion | undefined
  all: HotlinePolicies
  onDone: () => void
}

type Values = Policy & { changeNote: string }

/** An answer that was cleared is none. */
const toBody = ({ changeNote, ...policy }: Values, revision: number) => ({
  ...{ revision, changeNote },
  policy: {
    ...policy,
    wrapUps: policy.wrapUps.map(({ answer, ...rest }) => ({ ...rest, ...(answer ? { answer } : {}) })),
  },
})

const Editor = ({ draft, all, onDone }: EditorProps) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const save = useAction({
    run: (values: Values) => call('saveHotlinePolicy', { body: toBody(values, draft?.revision ?? 0) }),
    ...{ refresh, done: t('hotlinePolicy.saved'), onDone },
  })
  return (
    <Form
      form={form}
      name="hotline-policy"
      layout="vertical"
      className="panel"
      scrollToFirstError
      initialValues={{ ...(draft?.policy ?? all.policy), changeNote: draft?.changeNote ?? '' }}
      onFinish={(values) => save.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
    >
      <Problem error={save.error} />
      <h2>{t('hotlinePolicy.norms')}</h2>
      <NormFields />
      <h2>{t('hotlinePolicy.codes')}</h2>
      <KeyedRows name="wrapUps" />
      <h2>{t('hotline.ready')}</h2>
      <KeyedRows name="readyAnswers" />
      <h2>{t('hotlinePolicy.note')}</h2>
      <Form.Item
        name="changeNote"
        label={t('hotlinePolicy.note')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('hotlinePolicy.noteHint') }]}
      >
        <Input maxLength={300} placeholder={t('hotlinePolicy.noteHint')} />
      </Form.Item>
      <Space wrap>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('hotlinePolicy.save')}
        </Button>
        <Button onClick={onDone}>{t('app.action.cancel')}</Button>
      </Space>
    </Form>
  )
}
