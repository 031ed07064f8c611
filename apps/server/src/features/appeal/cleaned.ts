/** A picture with nothing in it but what shows it. */
export interface Cleaned {
  mediaType: 'image/jpeg' | 'image/png'
  width: number
  height: number
  bytes: Buffer
}
