import { ApiError } from '@jiankangbao/api-client/client'
import { IMPORT_PART_BYTES } from '@jiankangbao/contracts/import/limits'
import { describe, expect, it } from 'vitest'
import { type UploadState, uploadParts } from './upload-parts.ts'

const bytes = Uint8Array.from({ length: 2 * IMPORT_PART_BYTES + 5 }, (_, index) => (index * 7) % 251)
const file = new Blob([bytes])

const upload = (
  send: (part: number, content: string) => Promise<unknown>,
  received: number[] = [],
  signal = new AbortController().signal,
) => {
  const states: UploadState[] = []
  const rests: number[] = []
  return {
    states,
    rests,
    done: uploadParts({
      file,
      received,
      send,
      signal,
      onState: (state) => states.push(state),
      rest: async (milliseconds) => void rests.push(milliseconds),
    }),
  }
}
const failure = (code: 'BUSY' | 'NO_NETWORK' | 'VALIDATION_FAILED', retryAfterSeconds?: number) =>
  new ApiError(code === 'NO_NETWORK' ? 0 : 503, code, undefined, retryAfterSeconds)

describe('uploadParts', () => {
  it('sends every byte once, in parts', async () => {
    const sent: string[] = []
    const { done, states } = upload(async (part, content) => {
      sent[part] = atob(content)
    })
    await done
    expect(sent.map(({ length }) => length)).toEqual([IMPORT_PART_BYTES, IMPORT_PART_BYTES, 5])
    const all = sent.join('')
    expect(bytes.every((byte, index) => all.charCodeAt(index) === byte)).toBe(true)
    expect(states.at(-1)).toEqual({ done: 3, total: 3, waiting: false })
  })

  it('goes on where it was interrupted', async () => {
    const sent: number[] = []
    await upload(async (part) => void sent.push(part), [0, 2]).done
    expect(sent).toEqual([1])
  })

  it('tries a part again where the server is busy, not before it said, and says so', async () => {
    let tries = 0
    const { done, rests, states } = upload(async () => {
      tries += 1
      if (tries < 3) throw failure('BUSY', 4)
    }, [0, 1])
    await done
    expect(tries).toBe(3)
    expect(rests).toHaveLength(2)
    expect(Math.min(...rests)).toBeGreaterThanOrEqual(4000)
    expect(states.some(({ waiting }) => waiting)).toBe(true)
  })

  it('gives up a part that was refused at once, and one that cannot be sent in the end', async () => {
    let tries = 0
    const refused = upload(async () => {
      tries += 1
      throw failure('VALIDATION_FAILED')
    })
    await expect(refused.done).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(tries).toBe(1)
    const lost = upload(async () => {
      throw failure('NO_NETWORK')
    })
    await expect(lost.done).rejects.toMatchObject({ code: 'NO_NETWORK' })
    expect(lost.rests).toHaveLength(7)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const sent: number[] = []
    const { done } = upload(
      async (part) => {
        sent.push(part)
        stop.abort()
      },
      [],
      stop.signal,
    )
    await expect(done).rejects.toThrow()
    expect(sent).toEqual([0])
  })
})
