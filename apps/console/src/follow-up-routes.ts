import type { Route } from './route.ts'

/** The pages of looking after people; part of `routes.tsx`. */
export const followUpRoutes: readonly Route[] = [
  {
    path: '/follow-ups',
    needs: 'listFollowUps',
    menu: { words: 'followUps.menu', icon: 'heart' },
    frame: 'desk',
    load: () => import('./features/follow-ups/follow-ups-page.tsx'),
  },
  {
    path: '/follow-ups/day-sheet',
    needs: 'printFollowUpSheet',
    frame: 'desk',
    load: () => import('./features/follow-ups/sheet-page.tsx'),
  },
]
