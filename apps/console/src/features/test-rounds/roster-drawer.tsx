import { ROSTER_KINDS, type RosterKind } from '@jiankangbao/domain/testing/round'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { useTexts } from '../../locales/i18n.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { DivisionField } from '../../ui/tree-fields.tsx'
import { useAction } from '../../ui/use-action.ts'

const PostField = () => {
  const { t } = useTranslation()
  const read = useTexts()
  const rules = useQuery({
    queryKey: ['required-tests', 'figures', {}],
    queryFn: () => call('getRequiredTestFigures', { query: {} }),
  })
  const posts = (rules.data?.counts ?? []).flatMap(({ rule, title, who }) =>
    rule !== undefined && title && who === 'post' ? [{ value: rule, label: read(title) }] : [],
  )
  return (
    <Form.Item name="post" label={t('requiredTests.post')} extra={t('requiredTests.postHint')}>
      <Select
        allowClear
        loading={rules.isPending}
        placeholder={t('requiredTests.postNone')}
        options={posts}
      />
    </Form.Item>
  )
}

interface RosterValues {
  divisionCode: string
  kind: RosterKind
  name: string
  post?: string
  numbers: string
}

const MOST = 1000

/** One number a line; what stands beside it in a sheet is left out. */
const readNumbers = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim().split(/[\s,，;；]+/)[0] ?? '')
    .filter((number) => number !== '')

/** Who lives in a building, or is in a class, ward or workplace, in the order in which they are called. */
export const RosterDrawer = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<RosterValues>()
  const [requestId, setRequestId] = useState(createRequestId)
  const kind = Form.useWatch('kind', form)
  const save = useAction({
    run: ({ numbers, post, ...values }: RosterValues) =>
      call('saveRoster', {
        body: {
          requestId,
          ...values,
          ...(values.kind === 'workplace' && post ? { post } : {}),
          people: readNumbers(numbers).map((number) => ({ type: 'resident_id' as const, number })),
        },
      }),
    refresh: [['rosters'], ['test-rounds']],
    onDone: () => {
      setRequestId(createRequestId())
      form.resetFields(['name', 'numbers'])
    },
  })
  const required = [{ required: true, message: t('reasons.required') }]
  const saved = save.data
  return (
    <Drawer open title={t('testRounds.saveRoster')} onClose={onClose} size={480}>
      <p className="quiet">{t('testRounds.rosterLead')}</p>
      <Problem error={save.error} />
      {saved && (
        <Alert
          type={saved.unknownRows.length > 0 ? 'warning' : 'success'}
          style={{ marginBottom: 16 }}
          title={t('testRounds.rosterSaved', { name: saved.roster.name, count: saved.roster.people })}
          {...(saved.unknownRows.length > 0
            ? { description: t('testRounds.rosterUnknown', { rows: saved.unknownRows.join(' ') }) }
            : {})}
        />
      )}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'building' }}
        onFinish={(values) => save.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="divisionCode" label={t('testRounds.division')} rules={required}>
          <DivisionField />
        </Form.Item>
        <Form.Item name="kind" label={t('testRounds.rosterKind')}>
          <Select
            options={ROSTER_KINDS.map((value) => ({ value, label: t(`testRounds.rosterKinds.${value}`) }))}
          />
        </Form.Item>
        {kind === 'workplace' && <PostField />}
        <Form.Item name="name" label={t('testRounds.rosterName')} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="numbers"
          label={t('testRounds.numbers')}
          extra={t('testRounds.numbersHint')}
          rules={[
            ...required,
            {
              validator: (_, text: string) =>
                readNumbers(text ?? '').length > MOST
                  ? Promise.reject(new Error(t('testRounds.tooMany', { most: MOST })))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input.TextArea rows={10} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('testRounds.saveRoster')}
        </Button>
      </Form>
    </Drawer>
  )
}
