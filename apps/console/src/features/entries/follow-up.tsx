import type { OfficeEntry } from '@jiankangbao/contracts/schemas/entry'
import { Button, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

type Act = 'receive' | 'close' | 'reveal'

/** Calling the travellers, receiving them, and the end of the follow-up; each with a note that goes on record. */
export const FollowUp = ({ entry: { entryId, state, contactPhoneMasked } }: { entry: OfficeEntry }) => {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act>()
  const [phone, setPhone] = useState<string>()
  const acting = useAction({
    run: async (text: string) => {
      const params = { entryId }
      if (act === 'reveal')
        return setPhone((await call('revealEntryPhone', { params, body: { purpose: text } })).contactPhone)
      await call(act === 'close' ? 'closeEntry' : 'receiveEntry', { params, body: { note: text } })
    },
    refresh: [['entries']],
    done: t('app.action.done'),
    onDone: () => setAct(undefined),
  })
  const open = state === 'submitted' || state === 'arrived'
  return (
    <Space wrap>
      {phone ? (
        <a href={`tel:${phone}`}>{phone}</a>
      ) : (
        <Button onClick={() => setAct('reveal')} aria-label={`${t('entries.reveal')} ${contactPhoneMasked}`}>
          {contactPhoneMasked}
        </Button>
      )}
      {open && (
        <Button type="primary" onClick={() => setAct('receive')}>
          {t('entries.receive')}
        </Button>
      )}
      {state === 'received' && <Button onClick={() => setAct('close')}>{t('entries.close')}</Button>}
      <ReasonModal
        open={act !== undefined}
        title={t(`entries.${act ?? 'receive'}`)}
        label={act === 'reveal' ? t('people.purpose') : t('entries.note')}
        {...(act === 'reveal' ? { warning: t('people.unmaskWarn') } : {})}
        {...(act === 'receive' ? { warning: t('entries.receiveHint') } : {})}
        {...(act === 'close' ? { warning: t('entries.closeHint') } : {})}
        busy={acting.isPending}
        error={acting.error}
        onSubmit={(text) => acting.mutate(text)}
        onClose={() => setAct(undefined)}
      />
    </Space>
  )
}
