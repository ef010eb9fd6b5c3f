import { Notifications } from '@mantine/notifications'
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
        {/* Menus and lists that float are put in here, so that they belong to a landmark of the page. */}
        <div data-portal="true" data-mantine-shared-portal-node="true" />
      </main>
      <StatusBar />
      <Palette />
      <CheatSheet />
      <ConfirmHost />
      <Notifications position="bottom-center" containerWidth={480} limit={3} />
    </div>
  )
}
