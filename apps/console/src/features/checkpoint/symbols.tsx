import type { ReactNode } from 'react'
import type { FaceKey } from './face.ts'

const shapes: Record<FaceKey, ReactNode> = {
  admit: <path d="M14 52l24 24 48-54" />,
  deny: <path d="M22 22l56 56M78 22L22 78" />,
  review: (
    <>
      <circle cx="44" cy="44" r="26" />
      <path d="M63 63l23 23" />
    </>
  ),
  none: (
    <>
      <circle cx="50" cy="50" r="34" strokeDasharray="12 10" />
      <path d="M34 50h32" />
    </>
  ),
  expired: (
    <>
      <circle cx="50" cy="50" r="36" />
      <path d="M50 28v24l16 12" />
    </>
  ),
  revoked: (
    <>
      <circle cx="50" cy="50" r="36" />
      <path d="M25 25l50 50" />
    </>
  ),
  forged: (
    <>
      <path d="M50 12l42 74H8z" />
      <path d="M50 40v22M50 74v1" />
    </>
  ),
  unknown: <path d="M32 34a18 18 0 1 1 26 18c-6 4-8 6-8 14M50 84v1" />,
  foreign: (
    <>
      <rect x="16" y="16" width="26" height="26" />
      <rect x="58" y="16" width="26" height="26" />
      <rect x="16" y="58" width="26" height="26" />
      <path d="M60 60l24 24M84 60L60 84" />
    </>
  ),
  unreadable: (
    <>
      <path d="M12 34V12h22M66 12h22v22M88 66v22H66M34 88H12V66" />
      <path d="M28 50h8M46 50h8M64 50h8" />
    </>
  ),
  busy: <path d="M28 12h44M28 88h44M32 12c0 24 36 32 36 76M68 12c0 24-36 32-36 76" />,
  offline: (
    <>
      <path d="M14 40a54 54 0 0 1 72 0M28 56a33 33 0 0 1 44 0M50 76v1" />
      <path d="M20 16l60 68" />
    </>
  ),
  paperOffline: (
    <>
      <rect x="10" y="22" width="80" height="56" rx="6" />
      <circle cx="34" cy="46" r="9" />
      <path d="M20 68c4-10 24-10 28 0M60 42h18M60 58h18" />
    </>
  ),
  error: <path d="M54 8L24 54h22l-6 38 36-52H52z" />,
}

/** The sign of a face: told apart without colour. */
export const FaceSymbol = ({ face }: { face: FaceKey }) => (
  <svg
    className="cp-symbol"
    viewBox="0 0 100 100"
    fill="none"
    stroke="currentColor"
    strokeWidth="10"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {shapes[face]}
  </svg>
)
