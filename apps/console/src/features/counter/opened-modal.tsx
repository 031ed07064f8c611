import type { CounterActOpened } from '@jiankangbao/contracts/counter/schemas'
import { useQuery } from '@tanstack/react-query'
import { Button, Descriptions, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { QueryView } from '../../ui/query-view.tsx'

/** Name and number in full, to hold against the document. Every look is logged: none happens by itself. */
export const OpenedModal = ({
  actId,
  purpose,
  onClose,
}: {
  actId: string
  purpose: string
  onClose: () => void
}) => {
  const { t } = useTranslation()
  const query = useQuery({
    queryKey: ['counter-act', actId, purpose],
    queryFn: () => call('openCounterAct', { params: { actId }, body: { purpose } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
  })
  return (
    <Modal
      open
      title={t('counter.open')}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t('app.action.close')}</Button>}
    >
      <QueryView query={query}>
        {({ identity, guardian }) => (
          <>
            <Identity title={t('counter.person')} identity={identity} />
            {guardian && (
              <Identity
                title={`${t('counter.guardian')} · ${t(`counter.guardianRelations.${guardian.relation}`)}`}
                identity={guardian}
              />
            )}
          </>
        )}
      </QueryView>
    </Modal>
  )
}

const Identity = ({ title, identity }: { title: string; identity: CounterActOpened['identity'] }) => {
  const { t } = useTranslation()
  return (
    <Descriptions title={title} bordered size="small" column={1} style={{ marginBottom: 16 }}>
      <Descriptions.Item label={t('identityFields.name')}>{identity.name}</Descriptions.Item>
      <Descriptions.Item label={t(`domain.documentTypes.${identity.documentType}`)}>
        <span className="code-text">{identity.documentNumber}</span> {identity.country}
      </Descriptions.Item>
      {identity.birthOn && (
        <Descriptions.Item label={t('identityFields.birthOn')}>{identity.birthOn}</Descriptions.Item>
      )}
    </Descriptions>
  )
}
