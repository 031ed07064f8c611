import type { AnnouncementFile } from '@jiankangbao/contracts/announcement/schemas'
import { Button, Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { createRequestId } from '../../api/request-id.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'

const readBase64 = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

/** How a text names a file. */
const nameIn = ({ kind, name, number }: AnnouncementFile): string =>
  `${kind === 'picture' ? '!' : ''}[${name.replace(/[[\]]/g, '')}](file:${number})`

interface Props {
  announcementId: string
  files: readonly AnnouncementFile[]
  onInsert: (text: string) => void
}

/** Pictures and PDF files that hang on it; a text shows them where it names them. */
export const FilesField = ({ announcementId, files, onInsert }: Props) => {
  const { t } = useTranslation()
  const add = useAction({
    run: async (file: File) =>
      call('addAnnouncementFile', {
        params: { announcementId },
        body: {
          requestId: createRequestId(),
          name: file.name.slice(0, 120),
          content: await readBase64(file),
        },
      }),
    refresh: [['announcements']],
    onDone: (file) => onInsert(nameIn(file)),
  })
  return (
    <>
      <Problem error={add.error} />
      <p>
        <Upload
          accept="image/jpeg,image/png,application/pdf"
          showUploadList={false}
          beforeUpload={(file) => {
            add.mutate(file)
            return false
          }}
        >
          <Button loading={add.isPending}>{t('announcements.addFile')}</Button>
        </Upload>{' '}
        {files.map((file) => (
          <Button key={file.fileId} type="link" onClick={() => onInsert(nameIn(file))}>
            {t('announcements.insert', { name: file.name })}
          </Button>
        ))}
      </p>
    </>
  )
}
