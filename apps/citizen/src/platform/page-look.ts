/** Mini programs have no document; the screen component sets language and type size. */
export const setPageLook = (_look: { language: string; title: string }): void => {}
export const canPrint = false
export const printPage = (): void => {}
/** Moves the focus to the heading of a new screen, for screen readers. */
export const focusHeading = (_id: string): void => {}
export const scrollToTop = (): void => {}
/** Calls back on the Escape key, which phones do not have. */
export const onEscape =
  (_call: () => void): (() => void) =>
  () => {}
/** Moves the focus to the first field that is marked wrong. */
export const focusFirstWrong = (): void => {}
