import { Alert, Button, Empty, Form, Modal, Table } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { PurposeField } from '../../ui/purpose-field.tsx'
import { useAction } from '../../ui/use-action.ts'
import { wordDays } from './columns.tsx'

interface Props {
  open: boolean
  divisionCode: string | undefined
  onClose: () => void
}

/** Numbers of those to be called; not without a purpose. */
export const CallList = ({ open, divisionCode, onClose }: Props) => {
  const { t } = useTranslation()
  const getting = useAction({
    run: (purpose: string) =>
      call('listFollowUpCalls', { body: { purpose, ...(divisionCode ? { divisionCode } : {}) } }),
    refresh: [],
  })
  const { data } = getting
  return (
    <Modal
      open={open}
      title={t('followUps.calls')}
      onCancel={onClose}
      footer={null}
      width={720}
      destroyOnHidden
      afterClose={() => getting.reset()}
    >
      {data ? (
        <>
          {data.calls.length === 0 && <Empty description={t('followUps.noCalls')} />}
          {data.calls.length > 0 && <Calls calls={data.calls} />}
          {data.more && <p className="quiet small">{t('followUps.callsMore')}</p>}
        </>
      ) : (
        <Form<{ purpose: string }> layout="vertical" onFinish={({ purpose }) => getting.mutate(purpose)}>
          <Alert type="warning" title={t('followUps.callsHint')} style={{ marginBottom: 16 }} />
          <PurposeField />
          <Problem error={getting.error} />
          <Button type="primary" htmlType="submit" loading={getting.isPending}>
            {t('followUps.makeCalls')}
          </Button>
        </Form>
      )}
    </Modal>
  )
}

type Called = Awaited<ReturnType<typeof call<'listFollowUpCalls'>>>['calls']

const Calls = ({ calls }: { calls: Called }) => {
  const { t } = useTranslation()
  return (
    <Table
      data-testid="call-list"
      size="small"
      rowKey="followUpId"
      pagination={false}
      dataSource={calls}
      columns={[
        { title: t('followUps.person'), dataIndex: 'nameMasked' },
        { title: t('followUps.sheet.columns.days'), render: (_, each) => wordDays(each, t) },
        {
          title: t('followUps.health'),
          render: (_, { look, declaredIll }) =>
            [
              ...(declaredIll ? [t('followUps.declaredIll')] : []),
              ...(look ? [t(`followUps.looks.${look}`)] : []),
            ].join(t('app.comma')),
        },
        {
          title: t('followUps.calls'),
          render: (_, { phone }) => (phone ? <a href={`tel:${phone}`}>{phone}</a> : t('followUps.noNumber')),
        },
      ]}
    />
  )
}
