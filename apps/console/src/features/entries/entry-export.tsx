import type { EntryExport as Export } from '@jiankangbao/contracts/entry/schemas'
import { shanghaiDayOf } from '@jiankangbao/domain/time/shanghai'
import { useTranslation } from 'react-i18next'
import { createOperatorCall } from '../../api/client.ts'
import { saveFile } from '../../api/save-file.ts'
import { ReasonModal } from '../../ui/reason-modal.tsx'
import { useAction } from '../../ui/use-action.ts'

const callPatiently = createOperatorCall(60_000)

interface Props {
  open: boolean
  onClose: () => void
  filters: Omit<Export, 'purpose'>
}

/** What fits the filters as a file, masked; not without a purpose. */
export const EntryExport = ({ open, onClose, filters }: Props) => {
  const { t } = useTranslation()
  const exporting = useAction({
    run: (purpose: string) => callPatiently('exportEntries', { body: { ...filters, purpose } }),
    done: t('audit.exported'),
    refresh: [],
    onDone: (text) => {
      saveFile(text, `entries-${shanghaiDayOf(Date.now())}.csv`)
      onClose()
    },
  })
  return (
    <ReasonModal
      open={open}
      title={t('entries.export')}
      asks="purpose"
      warning={t('entries.exportHint')}
      busy={exporting.isPending}
      error={exporting.error}
      onSubmit={(purpose) => exporting.mutate(purpose)}
      onClose={onClose}
    />
  )
}
