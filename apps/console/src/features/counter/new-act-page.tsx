import type { CounterActRequest } from '@jiankangbao/contracts/counter/schemas'
import {
  COUNTER_ACT_KINDS,
  COUNTER_CAUSES,
  type CounterActKind,
  ELDER_RELATIONS,
  GUARDIAN_RELATIONS,
  SEEN_DOCUMENTS,
} from '@jiankangbao/domain/vocabulary/people'
import { Button, Checkbox, Form, Input, Radio, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useMe } from '../../api/session.ts'
import { readDraft, writeDraft } from '../../api/stored.ts'
import { pathTo } from '../../path-to.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { IdentityFields, type IdentityValues, toIdentity } from '../../ui/identity-fields.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values extends Pick<CounterActRequest, 'kind' | 'cause' | 'seen' | 'evidence' | 'relation'> {
  identity: IdentityValues
  guarded?: boolean
  guardian?: IdentityValues & { relation: NonNullable<CounterActRequest['guardian']>['relation'] }
  holder?: IdentityValues
}

interface Draft {
  /** One for what is sent, however often: a repeat after a lost answer proposes nothing twice. */
  requestId: string
  values: Partial<Values>
}

const EMPTY: Partial<Values> = { kind: 'register', cause: 'no_phone' }

const toRequest = (values: Values, requestId: string): CounterActRequest => {
  const { kind, cause, seen, evidence, identity, guarded, guardian, holder, relation } = values
  const common = { requestId, kind, cause, seen, evidence: evidence.trim(), identity: toIdentity(identity) }
  if (kind === 'family')
    return {
      ...common,
      ...(holder ? { holder: toIdentity(holder) } : {}),
      ...(relation ? { relation } : {}),
    }
  return guarded && guardian
    ? { ...common, guardian: { ...toIdentity(guardian), relation: guardian.relation } }
    : common
}

/** Whom an office registers, or adds to a family. The form survives a reload and a lost session, in this tab only. */
export default function NewActPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const key = `counter.${useMe().operatorId}`
  const [draft, setDraft] = useState(
    (): Draft => readDraft<Draft>(key) ?? { requestId: createRequestId(), values: EMPTY },
  )
  const propose = useAction({
    run: (values: Values) => call('proposeCounterAct', { body: toRequest(values, draft.requestId) }),
    done: t('counter.proposed'),
    refresh: [['counter-acts']],
    onDone: () => {
      writeDraft(key, undefined)
      void navigate(pathTo('/counter'))
    },
  })
  const startAnew = (): void => {
    writeDraft(key, undefined)
    propose.reset()
    setDraft({ requestId: createRequestId(), values: EMPTY })
  }
  return (
    <>
      <PageHead title={t('counter.create')} />
      <div className="panel" style={{ maxWidth: 860 }}>
        <Form
          form={form}
          layout="vertical"
          scrollToFirstError={{ focus: true }}
          key={draft.requestId}
          initialValues={draft.values}
          onValuesChange={(_, values) => writeDraft(key, { requestId: draft.requestId, values })}
          onFinish={(values) =>
            propose.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })
          }
        >
          <Fields />
          <Problem error={propose.error} />
          <Space wrap>
            <Button type="primary" htmlType="submit" loading={propose.isPending}>
              {t('counter.submit')}
            </Button>
            <Button onClick={startAnew}>{t('counter.discard')}</Button>
            <span className="quiet small">{t('counter.draftKept')}</span>
          </Space>
        </Form>
      </div>
    </>
  )
}

const Fields = () => {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Values>()
  const kind = Form.useWatch('kind', form) as CounterActKind | undefined
  const isFamily = kind === 'family'
  return (
    <>
      <Form.Item name="kind" label={t('counter.kind')}>
        <Radio.Group
          optionType="button"
          options={COUNTER_ACT_KINDS.map((value) => ({ value, label: t(`counter.kinds.${value}`) }))}
        />
      </Form.Item>
      <p className="quiet">{t(isFamily ? 'counter.familyHint' : 'counter.registerHint')}</p>
      <h2>{t(isFamily ? 'counter.elder' : 'counter.person')}</h2>
      <IdentityFields part="identity" />
      <SeenFields />
      {isFamily ? <HolderFields /> : <GuardianFields />}
      <Form.Item
        name="evidence"
        label={t('counter.evidence')}
        extra={t(isFamily ? 'counter.familyEvidenceHint' : 'counter.evidenceHint')}
        rules={[
          {
            required: true,
            min: 2,
            max: 500,
            whitespace: true,
            message: t('app.action.tooShort', { min: 2 }),
          },
        ]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </>
  )
}

const SeenFields = () => {
  const { t } = useTranslation()
  return (
    <div className="field-row">
      <Form.Item
        name="seen"
        label={t('counter.seenLabel')}
        rules={[{ required: true, message: t('app.action.required') }]}
      >
        <Select options={SEEN_DOCUMENTS.map((value) => ({ value, label: t(`counter.seen.${value}`) }))} />
      </Form.Item>
      <Form.Item name="cause" label={t('counter.cause')}>
        <Select options={COUNTER_CAUSES.map((value) => ({ value, label: t(`counter.causes.${value}`) }))} />
      </Form.Item>
    </div>
  )
}

const HolderFields = () => {
  const { t } = useTranslation()
  return (
    <>
      <h2>{t('counter.holder')}</h2>
      <IdentityFields part="holder" />
      <Form.Item
        name="relation"
        label={t('counter.relation')}
        rules={[{ required: true, message: t('app.action.required') }]}
      >
        <Select
          options={ELDER_RELATIONS.map((value) => ({ value, label: t(`counter.relations.${value}`) }))}
        />
      </Form.Item>
    </>
  )
}

const GuardianFields = () => {
  const { t } = useTranslation()
  const guarded = Form.useWatch('guarded', Form.useFormInstance<Values>())
  return (
    <>
      <Form.Item name="guarded" valuePropName="checked">
        <Checkbox>{t('counter.guarded')}</Checkbox>
      </Form.Item>
      {guarded && (
        <>
          <h2>{t('counter.guardian')}</h2>
          <IdentityFields part="guardian" />
          <Form.Item
            name={['guardian', 'relation']}
            label={t('counter.guardianRelation')}
            rules={[{ required: true, message: t('app.action.required') }]}
          >
            <Select
              options={GUARDIAN_RELATIONS.map((value) => ({
                value,
                label: t(`counter.guardianRelations.${value}`),
              }))}
            />
          </Form.Item>
        </>
      )}
    </>
  )
}
