/** A mini program is a single window: nobody else changes its storage. */
export const onStoredElsewhere =
  (_start: string, _call: () => void): (() => void) =>
  () =>
    undefined
