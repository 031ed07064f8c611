import type { TakeOverVerdict } from '@jiankangbao/domain/vocabulary/people'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Modal, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

interface Props {
  opened: { takeOverId: string; purpose: string }
  onClose: () => void
}

/** Whose identity it is, and on which phone it belongs. */
export const DecideModal = ({ opened, onClose }: Props) => {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<TakeOverVerdict>()
  const params = { takeOverId: opened.takeOverId }
  const shown = useQuery({
    queryKey: ['take-over', opened],
    queryFn: () => call('openTakeOver', { params, query: { purpose: opened.purpose } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const decide = useAction({
    run: (reason: string) => call('decideTakeOver', { params, body: { verdict: verdict ?? 'keep', reason } }),
    refresh: [['take-overs']],
    done: t('takeOvers.done'),
    onDone: onClose,
  })
  return (
    <Modal open title={t('takeOvers.open')} onCancel={onClose} footer={null} width={560}>
      <Problem error={shown.error} />
      {shown.data && (
        <>
          <Descriptions bordered size="small" column={1} style={{ marginBottom: 16 }}>
            <Descriptions.Item label={t('takeOvers.who')}>{shown.data.nameMasked}</Descriptions.Item>
            <Descriptions.Item label={t(`domain.documentTypes.${shown.data.documentType}`)}>
              {shown.data.documentNumberMasked}
            </Descriptions.Item>
            <Descriptions.Item label={t('takeOvers.oldPhone')}>
              {shown.data.oldPhoneMasked ?? t('takeOvers.numberLeft')}
            </Descriptions.Item>
            <Descriptions.Item label={t('takeOvers.newPhone')}>
              {shown.data.newPhoneMasked ?? t('takeOvers.numberLeft')}
            </Descriptions.Item>
          </Descriptions>
          <Space wrap>
            <Button onClick={() => setVerdict('keep')}>{t('takeOvers.keep')}</Button>
            <Button danger onClick={() => setVerdict('return')}>
              {t('takeOvers.return')}
            </Button>
          </Space>
        </>
      )}
      <ReasonModal
        open={verdict !== undefined}
        title={t(`takeOvers.${verdict ?? 'keep'}`)}
        {...(verdict === 'return' ? { warning: t('takeOvers.returnWarning'), danger: true } : {})}
        busy={decide.isPending}
        error={decide.error}
        onSubmit={(reason) => decide.mutate(reason)}
        onClose={() => setVerdict(undefined)}
      />
    </Modal>
  )
}
