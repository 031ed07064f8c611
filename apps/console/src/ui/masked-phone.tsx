import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ReasonModal } from './reason-modal.tsx'
import { useAction } from './use-action.ts'

interface MaskedPhoneProps {
  masked: ReactNode
  /** What the button says. */
  title: string
  reveal: (purpose: string) => Promise<{ phone: string; name?: string | undefined }>
}

/** A number to call back on; whole only for a purpose, which is logged. */
export const MaskedPhone = ({ masked, title, reveal }: MaskedPhoneProps) => {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const act = useAction({ run: reveal, refresh: [], onDone: () => setAsking(false) })
  if (act.data)
    return (
      <>
        <a href={`tel:${act.data.phone}`}>{act.data.phone}</a> {act.data.name}
      </>
    )
  return (
    <>
      {masked}{' '}
      <Button size="small" onClick={() => setAsking(true)}>
        {title}
      </Button>
      <ReasonModal
        open={asking}
        title={title}
        asks="purpose"
        warning={t('people.unmaskWarn')}
        busy={act.isPending}
        error={act.error}
        onSubmit={(purpose) => act.mutate(purpose)}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
