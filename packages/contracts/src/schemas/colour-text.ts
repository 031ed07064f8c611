import { type Static, Type } from 'typebox'
import { Closed } from './atoms.ts'

/** Whether the account gets a text message when a colour it holds changes. Off until asked for. */
export const ColourTexts = Closed({ wanted: Type.Boolean() })
export type ColourTexts = Static<typeof ColourTexts>

export const colourText = {
  getColourTexts: { responses: { 200: ColourTexts } },
  setColourTexts: { body: ColourTexts, responses: { 200: ColourTexts } },
}
