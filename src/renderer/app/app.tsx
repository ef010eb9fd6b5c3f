import type { ReactElement } from 'react'
import type { ShellInfo } from '#shared/shell-info.ts'
import { Home } from '../screens/home/home.tsx'
import { Rail } from './rail.tsx'
import { StatusBar } from './status-bar.tsx'
import { TitleBar } from './title-bar.tsx'

/** The whole window: title bar, the loop as the way around, the screen, the status bar. */
export function App({ version, shell }: { version: string; shell: ShellInfo | undefined }): ReactElement {
  return (
    <div className="app">
      <TitleBar />
      <Rail />
      <Home />
      <StatusBar version={version} shell={shell} />
    </div>
  )
}
