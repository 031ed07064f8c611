import type { FaceKey } from './face.ts'

interface Signal {
  /** Frequency in hertz (0 is silence) and length in milliseconds. */
  tones: readonly (readonly [number, number])[]
  wave: OscillatorType
  /** Pattern as the vibration interface takes it, milliseconds on and off. */
  vibration: readonly number[]
}

/** Told apart by ear and hand: rising is "pass", falling or rough is "stop", two-toned is "look". */
export const signals: Record<FaceKey, Signal> = {
  admit: {
    tones: [
      [880, 90],
      [1318, 160],
    ],
    wave: 'sine',
    vibration: [60],
  },
  deny: {
    tones: [
      [220, 260],
      [0, 60],
      [220, 260],
      [0, 60],
      [165, 420],
    ],
    wave: 'square',
    vibration: [400, 100, 400],
  },
  review: {
    tones: [
      [587, 160],
      [0, 40],
      [440, 160],
      [0, 40],
      [587, 160],
    ],
    wave: 'triangle',
    vibration: [150, 80, 150],
  },
  none: {
    tones: [
      [392, 220],
      [0, 80],
      [392, 220],
    ],
    wave: 'sine',
    vibration: [150, 80, 150, 80, 150],
  },
  expired: {
    tones: [
      [659, 130],
      [523, 130],
      [392, 260],
    ],
    wave: 'triangle',
    vibration: [100, 60, 250],
  },
  revoked: {
    tones: [
      [494, 120],
      [0, 40],
      [247, 380],
    ],
    wave: 'square',
    vibration: [100, 60, 400],
  },
  forged: {
    tones: [
      [988, 110],
      [494, 110],
      [988, 110],
      [494, 110],
      [988, 110],
      [494, 110],
    ],
    wave: 'sawtooth',
    vibration: [120, 60, 120, 60, 120, 60, 600],
  },
  unknown: {
    tones: [
      [523, 120],
      [0, 40],
      [698, 120],
      [0, 40],
      [523, 200],
    ],
    wave: 'sine',
    vibration: [80, 50, 80],
  },
  foreign: {
    tones: [
      [349, 140],
      [0, 40],
      [349, 140],
    ],
    wave: 'sine',
    vibration: [80, 50, 80],
  },
  busy: {
    tones: [
      [440, 60],
      [0, 90],
      [440, 60],
      [0, 90],
      [440, 60],
    ],
    wave: 'sine',
    vibration: [40, 60, 40, 60, 40],
  },
  offline: {
    tones: [
      [784, 120],
      [0, 60],
      [988, 180],
    ],
    wave: 'triangle',
    vibration: [60, 60, 60],
  },
  paperOffline: {
    tones: [
      [587, 160],
      [0, 60],
      [587, 160],
    ],
    wave: 'triangle',
    vibration: [120, 80, 120],
  },
  error: { tones: [[196, 300]], wave: 'triangle', vibration: [200] },
}

let context: AudioContext | undefined

/** Browsers allow sound only after a touch: called at every one, cheap after the first. */
export const unlockSound = (): void => {
  try {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
  } catch {
    // No sound on this phone; face and vibration remain.
  }
}

/** Plays the tones of a face. */
export const playSignal = (key: FaceKey): void => {
  if (context?.state !== 'running') return
  const { tones, wave } = signals[key]
  let at = context.currentTime + 0.01
  for (const [hertz, ms] of tones) {
    const seconds = ms / 1000
    if (hertz > 0) playTone(context, { hertz, wave, at, seconds })
    at += seconds
  }
}

interface Tone {
  hertz: number
  wave: OscillatorType
  at: number
  seconds: number
}

const playTone = (audio: AudioContext, { hertz, wave, at, seconds }: Tone): void => {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.type = wave
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(0.0001, at)
  gain.gain.exponentialRampToValueAtTime(0.4, at + 0.01)
  gain.gain.setValueAtTime(0.4, at + Math.max(0.01, seconds - 0.02))
  gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + seconds)
}

/** Lets the phone vibrate in the pattern of a face, where it can. */
export const vibrate = (key: FaceKey): void => {
  if ('vibrate' in navigator) navigator.vibrate([...signals[key].vibration])
}

/** Says a text aloud, cutting off what was being said. */
export const speak = (text: string, language: 'zh' | 'en'): void => {
  if (!('speechSynthesis' in window)) return
  window.speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = language === 'zh' ? 'zh-CN' : 'en-US'
  utterance.rate = 1.1
  window.speechSynthesis.speak(utterance)
}
