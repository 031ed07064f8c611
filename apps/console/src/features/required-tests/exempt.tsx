import type { RequiredTest } from '@jiankangbao/contracts/required-test/schemas'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

/** Somebody need not come this once, for a reason that stays on record. */
export const Exempt = ({ test: { requiredTestId, nameMasked } }: { test: RequiredTest }) => {
  const { t } = useTranslation()
  const [isAsked, setAsked] = useState(false)
  const exempting = useAction({
    run: (reason: string) => call('exemptFromRequiredTest', { params: { requiredTestId }, body: { reason } }),
    refresh: [['required-tests']],
    done: t('app.action.done'),
    onDone: () => setAsked(false),
  })
  return (
    <>
      <Button size="small" onClick={() => setAsked(true)}>
        {t('requiredTests.exempt')}
      </Button>
      <ReasonModal
        open={isAsked}
        title={t('requiredTests.exemptTitle', { name: nameMasked })}
        warning={t('requiredTests.exemptHint')}
        busy={exempting.isPending}
        error={exempting.error}
        onSubmit={(reason) => exempting.mutate(reason)}
        onClose={() => setAsked(false)}
      />
    </>
  )
}
