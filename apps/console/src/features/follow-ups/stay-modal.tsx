import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { STAY_KINDS, type StayKind } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Values {
  stay: StayKind
  place?: string
}

/** Where somebody stays; whoever looks after them stays the same. */
export const StayModal = ({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) => {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [requestId] = useState(() => crypto.randomUUID())
  const { followUpId, version, stay, stayPlace } = followUp
  const setting = useAction({
    run: ({ stay: chosen, place }: Values) =>
      call('setFollowUpStay', {
        params: { followUpId },
        body: { requestId, version, stay: chosen, ...(place?.trim() ? { place: place.trim() } : {}) },
      }),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
    onDone: onClose,
  })
  return (
    <Modal
      open
      title={t('followUps.setStay')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t('app.action.confirm')}
      cancelText={t('app.action.cancel')}
      confirmLoading={setting.isPending}
    >
      <Problem error={setting.error} />
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ stay, ...(stayPlace ? { place: stayPlace } : {}) }}
        onFinish={(values) => setting.mutate(values)}
      >
        <Form.Item name="stay" label={t('followUps.stay')}>
          <Radio.Group
            options={STAY_KINDS.map((each) => ({ value: each, label: t(`followUps.stays.${each}`) }))}
          />
        </Form.Item>
        <Form.Item name="place" label={t('followUps.place')}>
          <Input maxLength={200} placeholder={t('followUps.placeHint')} autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
