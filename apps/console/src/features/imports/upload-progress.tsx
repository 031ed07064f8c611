import { Alert, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatBytes } from './file-size.ts'
import type { UploadState } from './upload-parts.ts'

/** How much of a file has arrived. */
export const UploadProgress = ({ state, fileBytes }: { state: UploadState; fileBytes: number }) => {
  const { t } = useTranslation()
  const { done, total, waiting } = state
  return (
    <div data-testid="upload-progress" role="status">
      <Progress percent={total === 0 ? 0 : Math.floor((done / total) * 100)} status="active" />
      <p className="quiet">
        {t('imports.uploading', {
          done: formatBytes(Math.round((fileBytes * done) / Math.max(1, total))),
          total: formatBytes(fileBytes),
        })}
      </p>
      {waiting && <Alert type="warning" showIcon title={t('imports.uploadWaits')} />}
    </div>
  )
}
