import { toHalfWidth } from '../written/characters.ts'

/** What a tube is for. `household`: everybody of one home, whatever their colour. */
export const TUBE_KINDS = ['single', 'five', 'ten', 'twenty', 'household'] as const
export type TubeKind = (typeof TUBE_KINDS)[number]

/** How many people a tube of each kind holds. */
export const TUBE_CAPACITY: Record<TubeKind, number> = {
  single: 1,
  five: 5,
  ten: 10,
  twenty: 20,
  household: 12,
}

// The first two digits of the printed code say what the tube is for; makers print the rest as they like.
const KIND_OF_PREFIX: Record<string, TubeKind> = {
  '01': 'single',
  '05': 'five',
  '10': 'ten',
  '20': 'twenty',
  '60': 'household',
}
/** Of a box, not of a tube. */
const BOX_PREFIX = '90'

const SHORTEST = 10
const LONGEST = 16

export type BarcodeProblem =
  /** Somebody's ID card was read in place of a tube. */
  | 'document_number'
  /** A health code, or the code of a door. */
  | 'code_of_person'
  /** The same code twice in one text. */
  | 'read_twice'
  | 'format'
  | 'unknown_class'
  | 'box'
  | 'tube'

export type TubeBarcode =
  | { ok: true; barcode: string; kind: TubeKind; capacity: number }
  | { ok: false; reason: BarcodeProblem }

type Digits = { ok: true; digits: string } | { ok: false; reason: BarcodeProblem }

const readDigits = (text: string): Digits => {
  // Code 128 comes with `]C0` or `]C1` before it where the reader says so.
  const plain = toHalfWidth(text)
    .replace(/^\s*\][A-Za-z][0-9]/, '')
    .replace(/[\s-]/g, '')
  if (/[/:]/.test(plain) || plain.length > 60) return { ok: false, reason: 'code_of_person' }
  if (/^[1-9][0-9]{16}[0-9Xx]$/.test(plain)) return { ok: false, reason: 'document_number' }
  const half = plain.slice(0, plain.length / 2)
  if (plain.length >= 2 * SHORTEST && plain === half + half) return { ok: false, reason: 'read_twice' }
  const isDigits = /^[0-9]+$/.test(plain) && plain.length >= SHORTEST && plain.length <= LONGEST
  return isDigits ? { ok: true, digits: plain } : { ok: false, reason: 'format' }
}

/** Reads what a scanner or a hand put into the field of a tube; what is no tube is refused by name. */
export const parseTubeBarcode = (text: string): TubeBarcode => {
  const read = readDigits(text)
  if (!read.ok) return read
  const prefix = read.digits.slice(0, 2)
  if (prefix === BOX_PREFIX) return { ok: false, reason: 'box' }
  const kind = KIND_OF_PREFIX[prefix]
  if (!kind) return { ok: false, reason: 'unknown_class' }
  return { ok: true, barcode: read.digits, kind, capacity: TUBE_CAPACITY[kind] }
}

/** Reads the code of a transport box: `90` and the digits of its maker. */
export const parseBoxBarcode = (
  text: string,
): { ok: true; barcode: string } | { ok: false; reason: BarcodeProblem } => {
  const read = readDigits(text)
  if (!read.ok) return read
  const prefix = read.digits.slice(0, 2)
  if (prefix === BOX_PREFIX) return { ok: true, barcode: read.digits }
  return { ok: false, reason: KIND_OF_PREFIX[prefix] ? 'tube' : 'unknown_class' }
}
