import { Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ConfirmHost } from '../../components/confirm.tsx'
import { CheatSheet } from './cheat-sheet.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { GeneralCommands } from './general-commands.tsx'
import { HostCommands } from './host-commands.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import { StatusBar } from './status-bar.tsx'
import { TitleBar } from './title-bar.tsx'
import styles from './shell.module.css'

/** The whole window: title bar, the loop as the way around, the screen, the status bar. */
export function Shell(): ReactElement {
  return (
    <div className={styles['app']}>
      <GeneralCommands />
      <HostCommands />
      <TitleBar />
      <Rail />
      <main className={styles['main']} id="main">
        <ConnectionBanner />
        <Outlet />
      </main>
      <StatusBar />
      <Palette />
      <CheatSheet />
      <ConfirmHost />
    </div>
  )
}
