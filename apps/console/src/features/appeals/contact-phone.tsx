import type { OfficeAppeal } from '@jiankangbao/contracts/appeal/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** The number to call back on; whole only for a purpose, which is logged. */
export const ContactPhone = ({ appeal }: { appeal: OfficeAppeal }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const reveal = useAction({
    run: (purpose: string) =>
      call('revealAppealPhone', { params: { appealId: appeal.appealId }, body: { purpose } }),
    refresh: [],
    onDone: () => setAsking(false),
  })
  if (reveal.data) return <a href={`tel:${reveal.data.contactPhone}`}>{reveal.data.contactPhone}</a>
  return (
    <>
      {appeal.contactPhoneMasked}{' '}
      <Button size="small" onClick={() => setAsking(true)}>
        {t('appeals.revealPhone')}
      </Button>
      <ReasonModal
        open={asking}
        title={t('appeals.revealPhone')}
        asks="purpose"
        warning={t('people.unmaskWarn')}
        busy={reveal.isPending}
        error={reveal.error}
        onSubmit={(purpose) => reveal.mutate(purpose)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
