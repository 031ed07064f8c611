import { useEffect } from 'react'

/** The bar with title and way back is the screen's own. */
export const hostDrawsBar = false

/** Tells browser and screen reader the language and the title of the page, and takes the frame of index.html away. */
export const usePageLook = ({ language, title }: { language: string; title: string }): void =>
  useEffect(() => {
    document.getElementById('frame')?.remove()
    document.documentElement.lang = language
    document.title = title
  }, [language, title])

export const canPrint = true
export const printPage = (): void => window.print()
export const scrollToTop = (): void => window.scrollTo(0, 0)

/** Moves the focus to a result or heading, for screen readers. */
export const focusHeading = (id: string): void => {
  setTimeout(() => document.getElementById(id)?.focus({ preventScroll: true }), 50)
}

/** Calls back on the Escape key; returns the way to stop. */
export const onEscape = (call: () => void): (() => void) => {
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') call()
  }
  window.addEventListener('keydown', pressed)
  return () => window.removeEventListener('keydown', pressed)
}

/** Moves the focus to the first field that is marked wrong, once it is drawn. */
export const focusFirstWrong = (): void => {
  setTimeout(() => {
    const wrong = document.querySelector<HTMLElement>(
      '.field-wrong input, .field-wrong textarea, .field-wrong button',
    )
    wrong?.focus()
  }, 50)
}
