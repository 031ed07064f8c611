import { type ComponentType, lazy, Suspense } from 'react'
import { createBrowserRouter, Outlet } from 'react-router'
import type { Route } from '../route.ts'
import { routes } from '../routes.tsx'
import { BrokenPage, LoadingPage, NotFoundPage } from './plain-pages.tsx'
import { PageGate, SessionGate } from './session-gate.tsx'

const ActivationPage = lazy(() => import('../features/sign-in/activation-page.tsx'))
const EnrolPage = lazy(() => import('../features/checkpoint/enrol-page.tsx'))
const WallPage = lazy(() => import('../features/board/wall-page.tsx'))
const DeskFrame = lazy(() => import('./desk/desk-frame.tsx'))

const toPage = (route: Route) => {
  const Page: ComponentType = lazy(route.load)
  return {
    path: route.path,
    element: (
      <PageGate needs={route.needs}>
        <Suspense fallback={<LoadingPage />}>
          <Page />
        </Suspense>
      </PageGate>
    ),
  }
}

export const router = createBrowserRouter(
  [
    {
      element: (
        <SessionGate>
          <Outlet />
        </SessionGate>
      ),
      errorElement: <BrokenPage />,
      children: [
        {
          element: (
            <Suspense fallback={<LoadingPage />}>
              <DeskFrame />
            </Suspense>
          ),
          children: [
            ...routes.filter(({ frame }) => frame === 'desk').map(toPage),
            { path: '*', element: <NotFoundPage /> },
          ],
        },
        ...routes.filter(({ frame }) => frame === 'bare').map(toPage),
      ],
    },
    // For somebody who can not sign in yet.
    {
      path: '/activate',
      errorElement: <BrokenPage />,
      element: (
        <Suspense fallback={<LoadingPage />}>
          <ActivationPage />
        </Suspense>
      ),
    },
    // For a screen that nobody signs in on.
    {
      path: '/wall',
      errorElement: <BrokenPage />,
      element: (
        <Suspense fallback={<LoadingPage />}>
          <WallPage />
        </Suspense>
      ),
    },
    // For a phone that nobody signs in on.
    {
      path: '/enrol',
      errorElement: <BrokenPage />,
      element: (
        <Suspense fallback={<LoadingPage />}>
          <EnrolPage />
        </Suspense>
      ),
    },
  ],
  { basename: '/console' },
)
