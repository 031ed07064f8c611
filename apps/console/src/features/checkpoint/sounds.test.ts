import { describe, expect, it } from 'vitest'
import { signals } from './signals.ts'
import { createSound } from './sounds.ts'

type State = AudioContextState | 'interrupted'

const passed = () => new Promise((resolve) => setTimeout(resolve, 0))

/** A loudspeaker of a phone: `resume` works, does nothing, or is refused. */
const setUp = (moods: ('works' | 'ignores' | 'refuses')[]) => {
  const opened: { state: State; tones: number; closed: boolean }[] = []
  const timers: (() => void)[] = []
  const open = (): AudioContext => {
    const mood = moods[opened.length] ?? 'works'
    const phone = { state: 'running' as State, tones: 0, closed: false }
    opened.push(phone)
    const param = { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined, value: 0 }
    const node = {
      connect: () => node,
      gain: param,
      frequency: param,
      type: '',
      start: () => void phone.tones++,
      stop: () => undefined,
    }
    return {
      get state() {
        return phone.state
      },
      currentTime: 0,
      destination: node,
      createGain: () => node,
      createOscillator: () => node,
      resume: async () => {
        if (mood === 'refuses') throw new Error('InvalidStateError')
        if (mood === 'works') phone.state = 'running'
      },
      close: async () => {
        phone.closed = true
        phone.state = 'closed'
      },
    } as unknown as AudioContext
  }
  const sound = createSound({ open, later: (run) => void timers.push(run) })
  const settle = async (): Promise<void> => {
    await passed()
    for (const run of timers.splice(0)) run()
    await passed()
  }
  return { sound, opened, settle }
}

describe('sound after a phone call', () => {
  it('comes back at the next touch', async () => {
    const { sound, opened, settle } = setUp(['works'])
    sound.unlock()
    const phone = opened[0]
    if (!phone) throw new Error('not opened')
    phone.state = 'interrupted'
    sound.unlock()
    await settle()
    await sound.play(signals.admit)
    expect([phone.state, phone.tones > 0, opened.length]).toEqual(['running', true, 1])
  })

  it('comes back by itself with the next answer, for those who only scan', async () => {
    const { sound, opened } = setUp(['works'])
    sound.unlock()
    const phone = opened[0]
    if (!phone) throw new Error('not opened')
    phone.state = 'interrupted'
    await sound.play(signals.denyRed)
    expect([phone.state, phone.tones > 0]).toEqual(['running', true])
  })

  it.each(['ignores', 'refuses'] as const)('is made anew where the phone %s going on', async (mood) => {
    const { sound, opened, settle } = setUp([mood, 'works'])
    sound.unlock()
    const dead = opened[0]
    if (!dead) throw new Error('not opened')
    dead.state = 'interrupted'
    sound.unlock()
    await settle()
    expect(dead.closed).toBe(true)
    sound.unlock()
    await sound.play(signals.admit)
    expect([opened.length, opened[1]?.tones !== 0, dead.tones]).toEqual([2, true, 0])
  })

  it('is made anew where the phone closed it', () => {
    const { sound, opened } = setUp([])
    sound.unlock()
    const phone = opened[0]
    if (!phone) throw new Error('not opened')
    phone.state = 'closed'
    sound.unlock()
    expect(opened).toHaveLength(2)
  })

  it('says nothing of somebody who has gone on', async () => {
    const { sound, opened, settle } = setUp(['ignores'])
    sound.unlock()
    const phone = opened[0]
    if (!phone) throw new Error('not opened')
    phone.state = 'interrupted'
    const played = sound.play(signals.admit)
    await settle()
    await played
    phone.state = 'running'
    await settle()
    expect(phone.tones).toBe(0)
  })

  it('does without where the phone has none', () => {
    const sound = createSound({
      open: () => {
        throw new Error('NotSupportedError')
      },
      later: () => undefined,
    })
    sound.unlock()
    return expect(sound.play(signals.admit)).resolves.toBeUndefined()
  })
})
