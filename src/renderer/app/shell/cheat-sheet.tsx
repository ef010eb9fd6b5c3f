import { Modal } from '@mantine/core'
import type { ReactElement } from 'react'
import { create } from 'zustand'
import { Shortcuts } from './shortcut-list.tsx'

/** Whether the cheat sheet is shown. */
export const useCheatSheet = create<{ readonly opened: boolean }>(() => ({ opened: false }))

/** All keys that act on this screen. */
export function CheatSheet(): ReactElement {
  const opened = useCheatSheet((state) => state.opened)
  return (
    <Modal opened={opened} onClose={() => useCheatSheet.setState({ opened: false })} title="Keyboard" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Shortcuts />
    </Modal>
  )
}
