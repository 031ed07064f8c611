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

/** A picture of one grey pixel that any reader of pictures takes. */
export const PHOTO: Photo = {
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAYAAACp8Z5+AAAAHklEQVR4AYTIsQkAAADCsOL/P+sqLha6RAb3YvoQAAAA///DVnJmAAAABklEQVQDANvLCAFlE5bJAAAAAElFTkSuQmCC',
    'base64',
  ),
  width: 4,
  height: 4,
  type: 'png',
}

export const createPerson = (): Person => ({
  photo: PHOTO,
  scan: 'cancel',
  location: { latitude: 34.26, longitude: 117.2, accuracy: 35 },
  privacy: 'agree',
  confirms: true,
})
