import { InboxOutlined } from '@ant-design/icons'
import { Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatBytes } from './file-size.ts'

interface Props {
  file: File | undefined
  onFile: (file: File) => void
}

/** One file, chosen or dropped. Nothing is sent by choosing. */
export const FileField = ({ file, onFile }: Props) => {
  const { t } = useTranslation()
  return (
    <Upload.Dragger
      accept=".csv,.txt,.xlsx,.xls"
      maxCount={1}
      showUploadList={false}
      beforeUpload={(chosen) => {
        onFile(chosen)
        return false
      }}
    >
      <p className="ant-upload-drag-icon">
        <InboxOutlined />
      </p>
      <p className="ant-upload-text" data-testid="import-file">
        {file ? t('imports.chosen', { name: file.name, size: formatBytes(file.size) }) : t('imports.choose')}
      </p>
      <p className="ant-upload-hint">{t('imports.fileHint')}</p>
    </Upload.Dragger>
  )
}
