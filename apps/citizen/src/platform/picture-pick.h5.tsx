import { FilePick } from '../ui/file-pick.tsx'
import { drawPicture } from './camera.ts'

const LONGEST_PIXELS = 2048
/** Characters of base64 that a picture may have; poorer pictures are tried before one is given up. */
const MOST_CHARACTERS = 2_000_000
const QUALITIES = [0.85, 0.7, 0.5] as const

/** Draws the picture anew, as JPEG: small enough to send, upright, and without anything its maker put into it. */
const toContent = async (file: File): Promise<string | undefined> => {
  const canvas = await drawPicture(file, LONGEST_PIXELS).catch(() => undefined)
  if (!canvas) return undefined
  for (const quality of QUALITIES) {
    const content = canvas.toDataURL('image/jpeg', quality).split(',')[1]
    if (content && content.length <= MOST_CHARACTERS) return content
  }
  return undefined
}

interface PicturePickProps {
  label: string
  /** Base64 of a JPEG; undefined where it could not be opened. */
  onPick: (content: string | undefined) => void
}

/** Chooses or takes one picture in a browser. */
export const PicturePick = ({ label, onPick }: PicturePickProps) => (
  <FilePick label={label} onPick={async (file) => onPick(await toContent(file))} />
)
