import type { ComponentType } from 'react'
import { useLanguage } from './words.ts'

/** A screen that is worded anew, with everything typed kept, when another language is chosen while it is open. */
export const inLanguage = (Content: ComponentType): ComponentType => {
  const InLanguage = () => {
    useLanguage()
    return <Content />
  }
  return InLanguage
}
