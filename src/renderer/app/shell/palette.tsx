import { Spotlight, createSpotlight } from '@mantine/spotlight'
import { Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { listCommands, useCommandStore } from '../commands.ts'
import { showKeys } from '../shortcuts.ts'
import styles from './palette.module.css'

const [store, actions] = createSpotlight()

/** Opens and closes the command palette. */
export const palette = actions

/** Everything that can be done from here, found by its words. */
export function Palette(): ReactElement {
  const commands = useCommandStore((state) => state)
  const shown = listCommands(commands).filter(({ hidden, disabled }) => hidden !== true && disabled !== true)
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={[...Map.groupBy(shown, ({ group = 'This screen' }) => group)].map(([group, commands]) => ({
        group,
        actions: commands.map(({ id, title, keys, run }) => ({
          id,
          label: title,
          keywords: [group],
          rightSection: keys === undefined ? undefined : <kbd className={styles['keys']}>{showKeys(keys)}</kbd>,
          onClick: () => void run(),
        })),
      }))}
      nothingFound="No command has these words"
      highlightQuery
      scrollable
      maxHeight={400}
      size={560}
      yOffset={72}
      centered={false}
      overlayProps={{ blur: 0, backgroundOpacity: 1 }}
      limit={30}
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      searchProps={{ leftSection: <Search size={16} />, placeholder: 'Search, or type a command', 'aria-label': 'Search, or type a command' }}
      transitionProps={{ duration: 90 }}
    />
  )
}
