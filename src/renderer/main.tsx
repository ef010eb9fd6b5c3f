import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app/tokens.css'
import './app/shell.css'
import './components/controls.css'
import './screens/home/home.css'
import { App } from './app/app.tsx'
import { readShellInfo } from './app/read-shell-info.ts'
import { followSystemTheme } from './app/system-theme.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root"')

followSystemTheme(document.documentElement, window.matchMedia('(prefers-color-scheme: dark)'))
createRoot(root).render(
  <StrictMode>
    <App version={__MILLRACE_VERSION__} shell={readShellInfo(window)} />
  </StrictMode>,
)
