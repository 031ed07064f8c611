import type { Import } from '@jiankangbao/contracts/import/schemas'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { FileField } from './file-field.tsx'
import { formatBytes } from './file-size.ts'
import { partsOf } from './upload-parts.ts'
import { UploadProgress } from './upload-progress.tsx'
import { useUpload } from './use-upload.ts'

/** An upload that was broken off: the same file goes on from where it was. */
export const ResumeUpload = ({ list }: { list: Import }) => {
  const { t } = useTranslation()
  const [file, setFile] = useState<File>()
  const { state, upload } = useUpload()
  const resuming = useAction({
    run: (chosen: File) => upload(list, chosen),
    refresh: [['imports']],
  })
  if (!list.mine)
    return <Alert type="info" showIcon className="import-note" title={t('imports.uploadOther')} />
  const choose = (chosen: File): void => {
    setFile(chosen)
    if (isSame(list, chosen)) resuming.mutate(chosen)
  }
  return (
    <div className="import-note">
      <Alert
        type="warning"
        showIcon
        className="import-note"
        title={t('imports.uploadBroken', {
          done: list.partsReceived?.length ?? 0,
          total: partsOf(list.fileBytes),
        })}
      />
      {state ? (
        <UploadProgress state={state} fileBytes={list.fileBytes} />
      ) : (
        <FileField file={file} onFile={choose} />
      )}
      {file && !isSame(list, file) && (
        <Alert
          type="error"
          showIcon
          title={t('imports.notSameFile', { name: list.fileName, size: formatBytes(list.fileBytes) })}
        />
      )}
      <Problem error={resuming.error} />
    </div>
  )
}

const isSame = (list: Import, file: File): boolean =>
  file.name.slice(-200) === list.fileName && file.size === list.fileBytes
