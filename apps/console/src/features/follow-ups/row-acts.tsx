import type { FollowUp } from '@jiankangbao/contracts/follow-up/schemas'
import { LOOKS, type Look } from '@jiankangbao/domain/vocabulary/follow-ups'
import { Button, Dropdown, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Details } from './details.tsx'
import { EndModal } from './end-modal.tsx'
import { NoteModal } from './note-modal.tsx'
import { OfferActs } from './offer-acts.tsx'
import { OfferModal } from './offer-modal.tsx'
import { OverdueTestModal } from './overdue-test-modal.tsx'
import { StayModal } from './stay-modal.tsx'

type Asked = 'details' | 'note' | 'stay' | 'test' | 'offer' | 'end'

/** One tap for how a look went; what is rarer stands behind "more". */
export const RowActs = ({ followUp }: { followUp: FollowUp }) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>()
  const { followUpId, state, own, offeredTo, testDueAt } = followUp
  const marking = useAction({
    run: (look: Look) =>
      call('markFollowUps', { body: { requestId: crypto.randomUUID(), followUpIds: [followUpId], look } }),
    refresh: [['follow-ups']],
    done: t('app.action.done'),
  })
  const close = () => setAsked(undefined)
  const isOpen = state === 'open'
  const isLate = testDueAt !== undefined && Date.parse(testDueAt) < Date.now()
  const rarer: Asked[] =
    isOpen && own
      ? [
          'details',
          'note',
          'stay',
          ...(isLate ? (['test'] as const) : []),
          ...(offeredTo ? [] : (['offer'] as const)),
          'end',
        ]
      : ['details']
  const words = {
    details: 'open',
    note: 'addNote',
    stay: 'setStay',
    test: 'proposeTest',
    offer: 'offer',
    end: 'end',
  } as const
  return (
    <>
      <Space wrap size={4} className="follow-up-acts">
        {offeredTo && <OfferActs followUp={followUp} />}
        {own &&
          (isOpen || state === 'lost') &&
          LOOKS.map((look) => (
            <Button
              key={look}
              size="small"
              loading={marking.isPending && marking.variables === look}
              onClick={() => marking.mutate(look)}
            >
              {t(`followUps.looks.${look}`)}
            </Button>
          ))}
        <Dropdown
          trigger={['click']}
          menu={{
            items: rarer.map((each) => ({ key: each, label: t(`followUps.${words[each]}`) })),
            onClick: ({ key }) => setAsked(key as Asked),
          }}
        >
          <Button size="small">{t('followUps.more')}</Button>
        </Dropdown>
      </Space>
      <Problem error={marking.error} />
      {asked === 'details' && <Details followUpId={followUpId} onClose={close} />}
      {asked === 'note' && <NoteModal followUpIds={[followUpId]} onClose={close} />}
      {asked === 'stay' && <StayModal followUp={followUp} onClose={close} />}
      {asked === 'test' && <OverdueTestModal followUp={followUp} onClose={close} />}
      {asked === 'offer' && <OfferModal followUp={followUp} onClose={close} />}
      {asked === 'end' && <EndModal followUp={followUp} onClose={close} />}
    </>
  )
}
