import Taro from '@tarojs/taro'
import { Button } from '../ui/button.tsx'
import { takePhoto } from './take-photo.ts'

interface PicturePickProps {
  label: string
  /** Base64 of a JPEG; undefined where it could not be opened. */
  onPick: (content: string | undefined) => void
}

const read = (filePath: string): Promise<string | undefined> =>
  new Promise((resolve) =>
    Taro.getFileSystemManager().readFile({
      filePath,
      encoding: 'base64',
      success: ({ data }) => resolve(typeof data === 'string' ? data : undefined),
      fail: () => resolve(undefined),
    }),
  )

/** Chooses or takes one picture with the phone, which makes it smaller itself. */
export const PicturePick = ({ label, onPick }: PicturePickProps) => {
  const pick = async () => {
    const photo = await takePhoto('album')
    if (photo.ok) onPick(await read(photo.path))
    else if (photo.reason !== 'cancelled') onPick(undefined)
  }
  return (
    <Button kind="quiet" onClick={() => void pick()}>
      {label}
    </Button>
  )
}
