import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { hostCommandSchema } from '#shared/contract/host-command.ts'
import { findBridge } from '../../client/transports/bridge.ts'
import { listCommands, useCommandStore } from '../commands.ts'
import { useSwitchProject } from '../switch-project.ts'

/** Does what the menu of the desktop window asks; there is none in a browser. */
export function HostCommands(): null {
  const switchTo = useSwitchProject()
  const navigate = useNavigate()
  const perform = useEffectEvent(async (message: unknown): Promise<void> => {
    const command = hostCommandSchema.safeParse(message).data
    if (command?.kind === 'command') {
      await listCommands(useCommandStore.getState()).find(({ id, disabled }) => id === command.id && disabled !== true)?.run()
    } else if (command?.kind === 'open-project' && (await switchTo(command.path))) {
      await navigate({ to: '/home' })
    }
  })
  useEffect(() => findBridge()?.onCommand((message) => void perform(message)), [])
  return null
}
