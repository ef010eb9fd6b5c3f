import { Button, NumberInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { Settings, SettingsChange } from '#shared/domain/settings.ts'
import { useMethod } from '../../client/use-method.ts'
import { DevicesList, SelfTestButton } from '../../components/devices-list.tsx'
import { formatBytes } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

const GB = 1e9
const LEAST = 0.3

/** What computes, and how much memory it may take. */
export function ComputingPart({ settings, save }: { readonly settings: Settings; save(change: SettingsChange): Promise<void> }): ReactElement {
  const { data: info } = useMethod('app.info', {})
  return (
    <>
      <SettingGroup
        title="Devices"
        text="Models are trained on the processor; a neural network learns on another device where its step names it. The test runs a small computation whose result is known and compares."
        end={<SelfTestButton />}
      >
        <DevicesList />
      </SettingGroup>
      <SettingGroup title="Memory">{info === undefined ? undefined : <MemoryLimit key={String(settings.memoryBytes)} settings={settings} save={save} info={info} />}</SettingGroup>
    </>
  )
}

function MemoryLimit({ settings, save, info }: { readonly settings: Settings; save(change: SettingsChange): Promise<void>; readonly info: MethodOutput<'app.info'> }): ReactElement {
  const most = Math.floor(info.machineMemoryBytes / GB)
  const [typed, setTyped] = useState<number | string>(settings.memoryBytes === null ? '' : settings.memoryBytes / GB)
  const value = typeof typed === 'number' ? typed : undefined
  const wrong = value !== undefined && (value < LEAST || value > most)
  const keep = (): void => {
    const next = value === undefined ? null : Math.round(value * GB)
    if (!wrong && next !== settings.memoryBytes) void save({ memoryBytes: next })
  }
  return (
    <>
      <SettingRow
        name="Most memory for one step"
        text={`A step that would need more is refused before it begins, with what to change. This machine has ${formatBytes(info.machineMemoryBytes)}; without a limit of yours, ${formatBytes(info.memoryBytes)} may be used now and the rest stays free for other programs.`}
        control={
          <>
            <NumberInput
              aria-label="Most memory for one step, in GB"
              suffix=" GB"
              value={typed}
              placeholder={formatBytes(info.memoryBytes)}
              allowNegative={false}
              decimalScale={1}
              clampBehavior="none"
              disabled={info.memoryFrom === 'environment'}
              {...(wrong ? { error: `Enter ${String(LEAST)} to ${String(most)} GB.` } : {})}
              onChange={setTyped}
              onBlur={keep}
              onKeyDown={({ key }) => {
                if (key === 'Enter') keep()
              }}
              w={140}
            />
            {settings.memoryBytes === null ? undefined : (
              <Button variant="subtle" onClick={() => void save({ memoryBytes: null })}>
                Remove the limit
              </Button>
            )}
          </>
        }
      />
      {info.memoryFrom === 'environment' ? <Note>MILLRACE_MEMORY in the environment says {formatBytes(info.memoryBytes)}, and comes before this setting.</Note> : undefined}
    </>
  )
}
