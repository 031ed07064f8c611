import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Allows a paper code to somebody whom age does not allow one. */
export const PaperGrant = ({ personId }: { personId: string }) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const grant = useAction({
    run: (reason: string) => call('grantPaperCode', { params: { personId }, body: { reason } }),
    refresh: [],
    done: t('people.paperGranted'),
    onDone: () => setAsking(false),
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('people.paperGrant')}</Button>
      <ReasonModal
        open={asking}
        title={t('people.paperGrant')}
        warning={t('people.paperGrantHint')}
        busy={grant.isPending}
        error={grant.error}
        onSubmit={(reason) => grant.mutate(reason)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
