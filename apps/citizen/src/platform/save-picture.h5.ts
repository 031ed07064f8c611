import type { Outcome } from './outcome.ts'

/** Puts a PNG among the browser's downloads. */
export const savePicture = async (png: Uint8Array, name: string): Promise<Outcome> => {
  const address = URL.createObjectURL(new Blob([png.slice()], { type: 'image/png' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.appendChild(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return { ok: true }
}
