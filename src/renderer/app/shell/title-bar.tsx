import { ActionIcon, Tooltip } from '@mantine/core'
import { Moon, Redo2, Search, Sun, Undo2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { PANE_ATTRIBUTE } from '../panes.ts'
import { listCommands, useCommandStore } from '../commands.ts'
import { showKeys } from '../shortcuts.ts'
import { useColorScheme } from '../theme/color-scheme.ts'
import { useTheme } from '../theme/use-theme.ts'
import { Mark } from './mark.tsx'
import { palette } from './palette.tsx'
import { ProjectSwitcher } from './project-switcher.tsx'
import styles from './title-bar.module.css'

/** The window's own title bar, by which it is dragged; where the system draws its buttons over it, it leaves them room. */
export function TitleBar(): ReactElement {
  return (
    <header className={styles['bar']} {...{ [PANE_ATTRIBUTE]: 'title' }} tabIndex={-1}>
      <div className={styles['start']}>
        <span className={styles['mark']}>
          <Mark />
          Millrace
        </span>
        <span className={styles['slash']} aria-hidden="true">
          /
        </span>
        <ProjectSwitcher />
      </div>
      <button type="button" className={styles['palette']} onClick={palette.open} aria-keyshortcuts="Control+K">
        <Search size={16} />
        <span>Search, or type a command</span>
        <kbd>{showKeys('mod+K')}</kbd>
      </button>
      <div className={styles['end']}>
        <StepButton id="undo" icon={<Undo2 size={16} />} keys="mod+Z" />
        <StepButton id="redo" icon={<Redo2 size={16} />} keys="mod+Shift+Z" />
        <ThemeButton />
      </div>
    </header>
  )
}

function StepButton({ id, icon, keys }: { readonly id: 'undo' | 'redo'; readonly icon: ReactElement; readonly keys: string }): ReactElement | undefined {
  const command = useCommandStore((state) => listCommands(state).find((one) => one.id === id))
  if (command === undefined) return undefined
  const label = `${command.title} (${showKeys(keys)})`
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={command.disabled === true} onClick={() => command.run()}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

function ThemeButton(): ReactElement {
  const { choose } = useTheme()
  const shown = useColorScheme((state) => state.shown)
  const label = shown === 'dark' ? 'Switch to light' : 'Switch to dark'
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => choose(shown === 'dark' ? 'light' : 'dark')}>
        {shown === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
      </ActionIcon>
    </Tooltip>
  )
}
