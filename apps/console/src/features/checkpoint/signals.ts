import type { Face, FaceKey } from './face.ts'

/** What is told apart by ear and hand: every face, and of those that stop somebody also the colour. */
export const SIGNAL_KEYS = [
  'admit',
  'denyYellow',
  'denyRed',
  'reviewGreen',
  'reviewYellow',
  'reviewRed',
  'none',
  'expired',
  'revoked',
  'forged',
  'unknown',
  'foreign',
  'unreadable',
  'busy',
  'offlineGreen',
  'offlineYellow',
  'offlineRed',
  'paperOffline',
  'error',
] as const
export type SignalKey = (typeof SIGNAL_KEYS)[number]

export interface Signal {
  /** Frequency in hertz (0 is silence) and length in milliseconds. */
  tones: readonly (readonly [number, number])[]
  wave: OscillatorType
  /** Pattern as the vibration interface takes it, milliseconds on and off. */
  vibration: readonly number[]
}

// A hand in a pocket tells these three lengths apart, and counts up to four.
const SHORT = 60
const MIDDLE = 200
const LONG = 600
const GAP = 100
const pulses = (...lengths: number[]): number[] => lengths.flatMap((length) => [length, GAP]).slice(0, -1)

const note = (hertz: number, ms: number): readonly [number, number][] => [
  [hertz, ms],
  [0, 40],
]

/** Rising is "pass"; deep and rough is red; two even tones, again and again, are yellow; short riddles are the code's fault. */
export const signals: Record<SignalKey, Signal> = {
  admit: { tones: [...note(880, 90), ...note(1318, 160)], wave: 'sine', vibration: pulses(SHORT) },
  denyRed: {
    tones: [...note(220, 260), ...note(220, 260), ...note(165, 460)],
    wave: 'square',
    vibration: pulses(LONG, LONG),
  },
  denyYellow: {
    tones: [
      ...note(740, 130),
      ...note(554, 130),
      ...note(740, 130),
      ...note(554, 130),
      ...note(740, 130),
      ...note(554, 130),
    ],
    wave: 'triangle',
    vibration: pulses(MIDDLE, MIDDLE, MIDDLE),
  },
  reviewRed: {
    tones: [...note(165, 420), ...note(330, 160)],
    wave: 'square',
    vibration: pulses(LONG, MIDDLE),
  },
  reviewYellow: {
    tones: [...note(740, 160), ...note(554, 160), ...note(740, 160)],
    wave: 'triangle',
    vibration: pulses(MIDDLE, MIDDLE),
  },
  reviewGreen: { tones: [...note(880, 120), ...note(659, 200)], wave: 'sine', vibration: pulses(MIDDLE) },
  none: { tones: [...note(392, 220), ...note(392, 220)], wave: 'sine', vibration: pulses(MIDDLE, SHORT) },
  expired: {
    tones: [...note(659, 130), ...note(523, 130), ...note(392, 260)],
    wave: 'triangle',
    vibration: pulses(SHORT, SHORT, LONG),
  },
  revoked: {
    tones: [...note(494, 120), ...note(247, 380)],
    wave: 'square',
    vibration: pulses(LONG, SHORT, SHORT),
  },
  forged: {
    tones: [988, 494, 988, 494, 988, 494].map((hertz) => [hertz, 110] as const),
    wave: 'sawtooth',
    vibration: pulses(SHORT, SHORT, SHORT, SHORT, LONG),
  },
  unknown: {
    tones: [...note(523, 120), ...note(698, 120), ...note(523, 200)],
    wave: 'sine',
    vibration: pulses(SHORT, MIDDLE),
  },
  foreign: {
    tones: [...note(349, 140), ...note(349, 140)],
    wave: 'sine',
    vibration: pulses(SHORT, MIDDLE, SHORT),
  },
  unreadable: {
    tones: [...note(349, 80), ...note(294, 80), ...note(349, 80), ...note(294, 80)],
    wave: 'sine',
    vibration: pulses(SHORT, SHORT),
  },
  busy: {
    tones: [...note(440, 60), ...note(440, 60), ...note(440, 60)],
    wave: 'sine',
    vibration: pulses(SHORT, SHORT, SHORT),
  },
  offlineGreen: {
    tones: [...note(784, 120), ...note(988, 180)],
    wave: 'triangle',
    vibration: pulses(SHORT, SHORT, SHORT, SHORT),
  },
  offlineYellow: {
    tones: [...note(784, 120), ...note(740, 160), ...note(554, 160)],
    wave: 'triangle',
    vibration: pulses(SHORT, SHORT, MIDDLE, MIDDLE),
  },
  offlineRed: {
    tones: [...note(784, 120), ...note(220, 260), ...note(165, 420)],
    wave: 'square',
    vibration: pulses(SHORT, SHORT, LONG, LONG),
  },
  paperOffline: {
    tones: [...note(587, 160), ...note(587, 160)],
    wave: 'triangle',
    vibration: pulses(SHORT, SHORT, MIDDLE),
  },
  error: { tones: [[196, 300]], wave: 'triangle', vibration: pulses(LONG) },
}

type Plain = Exclude<FaceKey, 'deny' | 'review' | 'offline'>
const isPlain = (key: FaceKey): key is Plain => key !== 'deny' && key !== 'review' && key !== 'offline'

/** The signal of a face. A green or unknown person who is not let in by a rule sounds like a closer look. */
export const signalKeyOf = ({ key, colour }: Pick<Face, 'key' | 'colour'>): SignalKey => {
  if (isPlain(key)) return key
  if (key === 'offline' && (colour === undefined || colour === 'none')) return 'none'
  const coloured = colour === 'red' ? 'Red' : colour === 'yellow' ? 'Yellow' : 'Green'
  if (coloured === 'Green') return key === 'offline' ? 'offlineGreen' : 'reviewGreen'
  return `${key}${coloured}`
}
