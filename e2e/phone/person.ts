import { crc32, deflateSync } from 'node:zlib'

/** A picture in the phone's album or of its camera. */
export interface Photo {
  bytes: Buffer
  width: number
  height: number
  type: 'png' | 'jpeg'
}

/** What the person at the phone does when the host asks something. */
export interface Person {
  /** The picture taken or chosen; closed without one; the camera refused. */
  photo: Photo | 'cancel' | 'deny'
  /** What the scanner sees. */
  scan: string | 'cancel' | 'deny'
  location: { latitude: number; longitude: number; accuracy: number } | 'deny'
  /** WeChat's own question, once for each program. */
  privacy: 'agree' | 'disagree'
  /** The answer to a question of the program in the host's own box. */
  confirms: boolean
}

const chunk = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(typed))
  return Buffer.concat([length, typed, sum])
}

/** A grey PNG. */
const drawGrey = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits, grey.
  header[8] = 8
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height, 0))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A picture of the front camera that any reader of pictures takes. */
export const PHOTO: Photo = { bytes: drawGrey(240, 320), width: 240, height: 320, type: 'png' }

export const createPerson = (): Person => ({
  photo: PHOTO,
  scan: 'cancel',
  location: { latitude: 34.26, longitude: 117.2, accuracy: 35 },
  privacy: 'agree',
  confirms: true,
})
