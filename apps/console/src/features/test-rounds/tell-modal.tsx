import type { RoundTelling } from '@jiankangbao/contracts/round/schemas'
import { Alert, Checkbox, Form, InputNumber, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { showFieldErrors } from '../../ui/form-errors.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  perWave: number
  everyMinutes: number
  texts: boolean
}

interface Props {
  roundId: string
  /** One that was stopped goes on, with the waves as chosen now. */
  before: RoundTelling | undefined
  textsPossible: boolean
  onClose: () => void
}

/** How large a wave is and how long after the one before; texts where the city sends them. */
export const TellModal = ({ roundId, before, textsPossible, onClose }: Props) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const telling = useAction({
    run: (body: Values) => call('tellTestRound', { params: { roundId }, body }),
    refresh: [['test-round', roundId, 'telling']],
    onDone: onClose,
  })
  const rules = [{ required: true, message: t('reasons.required') }]
  return (
    <Modal
      open
      title={t(before ? 'testRounds.telling.goOn' : 'testRounds.telling.begin')}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={telling.isPending}
    >
      <Alert type="info" title={t('testRounds.telling.hint')} style={{ marginBottom: 16 }} />
      <Problem error={telling.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{
          perWave: before?.perWave ?? 2000,
          everyMinutes: before?.everyMinutes ?? 5,
          texts: before?.texts ?? false,
        }}
        onFinish={(values) => telling.mutate(values, { onError: (error) => showFieldErrors(form, t, error) })}
      >
        <Form.Item name="perWave" label={t('testRounds.telling.perWave')} rules={rules}>
          <InputNumber min={10} max={20_000} precision={0} style={{ width: 200 }} />
        </Form.Item>
        <Form.Item name="everyMinutes" label={t('testRounds.telling.everyMinutes')} rules={rules}>
          <InputNumber min={1} max={120} precision={0} style={{ width: 200 }} />
        </Form.Item>
        <Form.Item name="texts" valuePropName="checked">
          <Checkbox disabled={!textsPossible}>{t('testRounds.telling.withTexts')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}
