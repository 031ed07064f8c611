import './base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { queryClient } from './api/client.ts'
import { listenForUpdates } from './app/listen-for-updates.ts'
import { router } from './app/router.tsx'
import { startWords } from './locales/i18n.ts'

const start = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (!root) return
  await startWords()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
  listenForUpdates()
}

void start()
