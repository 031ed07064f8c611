import Taro from '@tarojs/taro'
import { type PickedPicture, type PicturePhone, shrinkPicture } from '../platform/picture-shrink.ts'
import { takePhoto } from '../platform/take-photo.ts'
import { Button } from './button.tsx'

interface PicturePickProps {
  label: string
  onPick: (picked: PickedPicture) => void
}

/** Of Alipay: paths come and go as lists, and there are levels in place of a quality. */
interface AlipayCompression {
  apFilePaths?: string[]
}
const alipayLevel = (quality: number): number => (quality >= 80 ? 2 : quality >= 60 ? 1 : 0)

const phone: PicturePhone = {
  read: (filePath) =>
    new Promise((resolve) =>
      Taro.getFileSystemManager().readFile({
        filePath,
        encoding: 'base64',
        success: ({ data }) => resolve(typeof data === 'string' ? data : undefined),
        fail: () => resolve(undefined),
      }),
    ),
  sizeOf: async (src) => {
    try {
      const { width, height } = await Taro.getImageInfo({ src })
      return { width, height }
    } catch {
      return undefined
    }
  },
  // Old clients have no such call, or know no width: what comes back then is measured like any other.
  compress: async (src, { quality, width }) => {
    try {
      const options = {
        src,
        quality,
        apFilePaths: [src],
        compressLevel: alipayLevel(quality),
        ...(width === undefined ? {} : { compressedWidth: width }),
      }
      const answer: { tempFilePath?: string } & AlipayCompression = await Taro.compressImage(options)
      return answer.tempFilePath ?? answer.apFilePaths?.[0]
    } catch {
      return undefined
    }
  },
}

/** Chooses or takes one picture with the phone, which makes it smaller where it can. */
export const PicturePick = ({ label, onPick }: PicturePickProps) => {
  const pick = async () => {
    const photo = await takePhoto('album')
    if (photo.ok) onPick(await shrinkPicture(photo.path, phone))
    else if (photo.reason !== 'cancelled')
      onPick({ ok: false, reason: photo.reason === 'denied' ? 'denied' : 'unreadable' })
  }
  return (
    <Button kind="quiet" onClick={() => void pick()}>
      {label}
    </Button>
  )
}
