import { drawPicture } from '../platform/camera.ts'
import { LONGEST_PIXELS, MOST_CHARACTERS, type PickedPicture } from '../platform/picture-shrink.ts'
import { FilePick } from './file-pick.tsx'

/** Poorer pictures are tried before one is given up. */
const QUALITIES = [0.85, 0.7, 0.5] as const

/** Draws the picture anew, as JPEG: small enough to send, upright, and without anything its maker put into it. */
const toContent = async (file: File): Promise<PickedPicture> => {
  const canvas = await drawPicture(file, LONGEST_PIXELS).catch(() => undefined)
  if (!canvas) return { ok: false, reason: 'unreadable' }
  for (const quality of QUALITIES) {
    const content = canvas.toDataURL('image/jpeg', quality).split(',')[1]
    if (content && content.length <= MOST_CHARACTERS) return { ok: true, content }
  }
  return { ok: false, reason: 'too_large' }
}

interface PicturePickProps {
  label: string
  onPick: (picked: PickedPicture) => void
}

/** Chooses or takes one picture in a browser. */
export const PicturePick = ({ label, onPick }: PicturePickProps) => (
  <FilePick label={label} onPick={async (file) => onPick(await toContent(file))} />
)
