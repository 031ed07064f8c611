import { useMemo } from 'react'
import { toQrPath } from './qr-path.ts'

/** A QR code drawn here: the text never leaves the machine. */
export const QrPicture = ({
  text,
  label,
  width,
}: {
  text: string
  label: string
  width: number | string
}) => {
  const { size, path } = useMemo(() => toQrPath(text), [text])
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={width}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      data-qr={text}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
