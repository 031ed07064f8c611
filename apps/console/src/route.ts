import type { OperationName } from '@jiankangbao/contracts/operations'
import type { ComponentType } from 'react'
import type { MenuIcon } from './app/desk/menu-icons.tsx'

export interface Route {
  path: string
  /** The operation that the page cannot do without. Whoever may call it may open the page; nobody else sees it. */
  needs: OperationName
  /** The page's entry in the menu; a page without one is reached from others. */
  menu?: { words: string; icon: MenuIcon }
  /** Menu entry of the page that it is reached from, where its address does not begin like that one's. */
  under?: string
  /** `desk`: with menu. `bare`: the whole window belongs to the page. */
  frame: 'desk' | 'bare'
  load: () => Promise<{ default: ComponentType }>
}
