import { nativeTheme } from 'electron'
import type { Log } from '../../base/log.ts'
import type { Engine } from '../../services/engine/create-engine.ts'
import type { SettingsFile } from '../../services/engine/settings-file.ts'

/** Light and dark by the setting, where it leaves that to the system by the system; the page and the title bar follow by themselves. */
export function followThemeSetting(engine: Pick<Engine, 'subscribe'>, settings: Pick<SettingsFile, 'read'>, log: Log): Promise<void> {
  const apply = async (): Promise<void> => {
    try {
      nativeTheme.themeSource = (await settings.read()).theme
    } catch (error) {
      log.warn(`The setting of light and dark could not be read: ${String(error)}`)
    }
  }
  engine.subscribe(({ topic }) => {
    if (topic === 'settings') void apply()
  })
  return apply()
}
