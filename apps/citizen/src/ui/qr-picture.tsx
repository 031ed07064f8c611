import qrcode from 'qrcode-generator'
import { useMemo } from 'react'

const CELL_PIXELS = 6
const QUIET_CELLS = 4

/** A QR code at error-correction level M, drawn here; nothing about it leaves the phone. */
export const QrPicture = ({
  text,
  label,
  className,
}: {
  text: string
  label: string
  className?: string
}) => {
  const picture = useMemo(() => {
    const code = qrcode(0, 'M')
    code.addData(text)
    code.make()
    return code.createDataURL(CELL_PIXELS, CELL_PIXELS * QUIET_CELLS)
  }, [text])
  return (
    <span className={`qr ${className ?? ''}`}>
      <img className="qr-image" src={picture} alt={label} />
    </span>
  )
}
