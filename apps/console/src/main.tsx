import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'

import { problemOf } from './api.ts'
import './base.css'
import { router } from './routes.tsx'
import './shell/shell.css'
import { applyContrast } from './shell/settings.ts'
import { theme } from './theme.ts'
import './ui/ui.css'

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

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider theme={theme} locale={zhCN} button={{ autoInsertSpace: false }}>
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
