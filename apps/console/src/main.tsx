import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'

import { problemOf } from './api.ts'
import './base.css'
import { router } from './routes.tsx'
import './shell/search.css'
import './shell/shell.css'
import { applyContrast } from './shell/settings.ts'
import { stillTheme, theme } from './theme.ts'
import './ui/controls.css'
import './ui/frame.css'
import './ui/states.css'
import './ui/tables.css'
import './ui/text.css'

const queries = new QueryClient({
  defaultOptions: {
    // A change is never queued for later: what was refunded an hour ago on a dead line would surprise everyone.
    mutations: { networkMode: 'always' },
    queries: {
      staleTime: 10_000,
      // A named refusal will not change its mind; only a missing or broken answer is worth asking again.
      retry: (failures, error) => failures < 2 && (problemOf(error)?.status ?? 503) >= 500,
    },
  },
})

applyContrast()
const still = matchMedia('(prefers-reduced-motion: reduce)').matches

// After a new version went out, an open tab asks for code that is gone: load the page anew, but only once.
addEventListener('vite:preloadError', (event) => {
  const reloadedAt = Number(sessionStorage.getItem('linli.console.reloaded') ?? 0)
  if (Date.now() - reloadedAt < 60_000) return
  event.preventDefault()
  sessionStorage.setItem('linli.console.reloaded', String(Date.now()))
  location.reload()
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider theme={still ? stillTheme : theme} locale={zhCN} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={queries}>
          <Suspense fallback={null}>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
)
