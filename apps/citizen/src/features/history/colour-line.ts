import type { Colour } from '@jiankangbao/contracts/atoms'
import type { CodeEvent } from '@jiankangbao/contracts/history/schemas'

export interface LineEvent {
  event: CodeEvent
  /** Colour in force before the event: the line below its dot, because the newest is on top. */
  before: Colour
  /** Colour in force after it: the dot of a change. */
  after: Colour
}

/** The colour in force between the events of a page list, newest first, beginning with the colour now. */
export const drawColourLine = (now: Colour, events: readonly CodeEvent[]): LineEvent[] => {
  let colour = now
  return events.map((event) => {
    const after = event.kind === 'change' ? event.to : colour
    colour = event.kind === 'change' ? (event.from ?? 'none') : colour
    return { event, before: colour, after }
  })
}
