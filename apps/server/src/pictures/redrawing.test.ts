import { beforeAll, expect, it } from 'vitest'
import { bundlePictureWorker, PNG } from '../../test/pictures.ts'
import { createPictureRedrawing } from './redrawing.ts'

let workerUrl: URL
beforeAll(async () => {
  workerUrl = await bundlePictureWorker()
})

it('draws in a thread, as it is built', async () => {
  const { redraw } = createPictureRedrawing({ workerUrl })
  const redrawn = await redraw(PNG)
  expect(redrawn.ok && Buffer.from(redrawn.bytes).subarray(0, 2).toString('hex')).toBe('ffd8')
  expect(await redraw(Buffer.alloc(30))).toEqual({ ok: false, reason: 'unreadable' })
})

it('gives up on a picture that takes too long, and goes on with the next', async () => {
  const { redraw } = createPictureRedrawing({ workerUrl, mostMs: 1 })
  for (const picture of [PNG, PNG]) await expect(redraw(picture)).rejects.toMatchObject({ code: 'BUSY' })
})

it('refuses what would wait too long', async () => {
  const { redraw } = createPictureRedrawing({ workerUrl, mostMs: 1 })
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redraw(PNG)))
  const reasons = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.cause : undefined))
  expect(reasons.filter((cause) => cause !== 'a picture took too long')).toHaveLength(7)
})

it('says so where there is no thread', async () => {
  const { redraw } = createPictureRedrawing({ workerUrl: new URL('file:///nowhere/picture-worker.js') })
  await expect(redraw(PNG)).rejects.toThrow('nowhere')
})
