import './app/theme/tokens.css'
import './app/theme/base.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './app/theme/mantine.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { createAppRouter } from './app/routes.tsx'
import { startColorScheme } from './app/theme/color-scheme.ts'
import { createClient } from './client/client.ts'
import { createQueryClient } from './client/query-client.ts'
import { findTransport } from './client/transports/find-transport.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root"')

const showScheme = startColorScheme({ root: document.documentElement, dark: window.matchMedia('(prefers-color-scheme: dark)'), memory: localStorage })

createRoot(root).render(
  <StrictMode>
    <App client={createClient(findTransport())} queries={createQueryClient()} router={createAppRouter()} showScheme={showScheme} />
  </StrictMode>,
)
