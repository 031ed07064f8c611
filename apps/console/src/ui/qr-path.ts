import qrcode from 'qrcode-generator'

export interface QrPath {
  /** Modules on one side, quiet zone of 4 included. */
  size: number
  /** SVG path of the dark modules in units of one module. */
  path: string
}

const QUIET_ZONE = 4

/** A QR code at error-correction level M in the smallest version that holds the text, as one SVG path. */
export const toQrPath = (text: string): QrPath => {
  const code = qrcode(0, 'M')
  code.addData(text, /^[0-9A-Z $%*+\-./:]+$/.test(text) ? 'Alphanumeric' : 'Byte')
  code.make()
  const count = code.getModuleCount()
  const parts: string[] = []
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (!code.isDark(row, column)) continue
      let run = 1
      while (column + run < count && code.isDark(row, column + run)) run++
      parts.push(`M${column + QUIET_ZONE} ${row + QUIET_ZONE}h${run}v1h-${run}z`)
      column += run
    }
  }
  return { size: count + 2 * QUIET_ZONE, path: parts.join('') }
}
