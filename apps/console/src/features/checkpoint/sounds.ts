import { type Signal, type SignalKey, signals } from './signals.ts'

/** What of a browser's sound is used; passed in, so that a phone's moods can be tried. */
export interface SoundParts {
  /** @throws where this phone makes no sound. */
  open: () => AudioContext
  later: (run: () => void, ms: number) => void
}

// What a phone needs to give the loudspeaker back after a call; beyond it the context is dead for good.
const PATIENCE_MS = 700

const isRunning = (audio: AudioContext): boolean => audio.state === 'running'

/**
 * Sound that comes back. A call, an alarm or another program takes the loudspeaker away: the context becomes
 * `interrupted` (iOS) or `suspended`, and stays so until it is told to go on; now and then it never runs again, and
 * only another one, opened in a touch, does.
 */
export const createSound = ({ open, later }: SoundParts) => {
  let context: AudioContext | undefined
  let isWaking = false

  const giveUp = (dead: AudioContext): void => {
    if (context !== dead || isRunning(dead)) return
    context = undefined
    void dead.close().catch(() => undefined)
  }

  const wake = (): void => {
    const sleeping = context
    if (!sleeping || isRunning(sleeping) || isWaking) return
    isWaking = true
    const finish = (): void => {
      isWaking = false
      giveUp(sleeping)
    }
    void sleeping.resume().catch(() => undefined)
    later(finish, PATIENCE_MS)
  }

  return {
    /** Browsers allow sound only after a touch: called at every one, cheap while it runs. */
    unlock: (): void => {
      if (context?.state === 'closed') context = undefined
      try {
        context ??= open()
      } catch {
        // No sound on this phone; face and vibration remain.
        return
      }
      wake()
    },
    /** Plays tones, at once or as soon as the phone gives its loudspeaker back for them. */
    play: async ({ tones, wave }: Signal): Promise<void> => {
      const audio = context
      if (!audio) return
      if (!isRunning(audio)) {
        // An answer that is too late says something about the next person.
        const inTime = new Promise<void>((resolve) => later(resolve, PATIENCE_MS))
        await Promise.race([audio.resume().catch(() => undefined), inTime])
        if (!isRunning(audio)) return
      }
      let at = audio.currentTime + 0.01
      for (const [hertz, ms] of tones) {
        const seconds = ms / 1000
        if (hertz > 0) playTone(audio, { hertz, wave, at, seconds })
        at += seconds
      }
    },
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

const sound = createSound({ open: () => new AudioContext(), later: (run, ms) => void setTimeout(run, ms) })

/** At every touch: lets the browser make sounds, and brings them back after a call. */
export const unlockSound = (): void => sound.unlock()

/** Plays the tones of an answer. */
export const playSignal = (key: SignalKey): void => void sound.play(signals[key])

/** Lets the phone vibrate in the pattern of an answer, where it can. */
export const vibrate = (key: SignalKey): void => {
  if ('vibrate' in navigator) navigator.vibrate([...signals[key].vibration])
}

/** Says a text aloud, cutting off what was being said. */
export const speak = (text: string, voice: string): void => {
  if (!('speechSynthesis' in window)) return
  window.speechSynthesis.cancel()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = voice
  utterance.rate = 1.1
  window.speechSynthesis.speak(utterance)
}
