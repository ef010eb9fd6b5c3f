import { Button } from '@mantine/core'
import { FlaskConical } from 'lucide-react'
import type { ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { useClient } from '../client/client-context.tsx'
import { useJobs } from '../client/use-job.ts'
import { useMethod } from '../client/use-method.ts'
import { ErrorNote } from './error-note.tsx'
import { formatBytes, plural } from './format.ts'
import { TextSkeleton } from './skeletons.tsx'
import { Tag, type Tone } from './tag.tsx'
import { toast } from './toast.tsx'
import styles from './devices-list.module.css'

type Backend = MethodOutput<'devices.list'>['backends'][number]

/** Names of the ways to compute. */
export const BACKEND_NAMES: Readonly<Record<Backend['id'], string>> = { tensorflow: 'TensorFlow', webgpu: 'GPU · WebGPU', wasm: 'CPU · WebAssembly', 'wasm-simd': 'CPU · WebAssembly, one thread', cpu: 'CPU · JavaScript' }

/** What this machine computes with, in the order in which it would be chosen, each with what its self-test found. */
export function DevicesList(): ReactElement {
  const { data, error, refetch } = useMethod('devices.list', {})
  if (error !== null) return <ErrorNote error={error} retry={refetch} />
  if (data === undefined) return <TextSkeleton lines={4} />
  return (
    <ul className={styles['devices']}>
      {data.backends.map((backend) => (
        <Device key={backend.id} backend={backend} chosen={backend.id === data.chosen} />
      ))}
      <li className={styles['device']}>
        <p className={styles['reason']}>{cardsInWords(data.cards)}</p>
      </li>
    </ul>
  )
}

function cardsInWords(cards: MethodOutput<'devices.list'>['cards']): string {
  if (cards.length === 0) return 'The system names no graphics card.'
  return `Graphics cards: ${cards.map(({ name, memoryBytes, driver }) => [name, memoryBytes === null ? '' : formatBytes(memoryBytes), driver === '' ? 'no driver' : driver].filter((part) => part !== '').join(', ')).join('; ')}.`
}

function Device({ backend, chosen }: { readonly backend: Backend; readonly chosen: boolean }): ReactElement {
  const { id, reason, nextStep, devices } = backend
  const { tone, words } = stateOf(backend, chosen)
  return (
    <li className={styles['device']}>
      <div className={styles['head']}>
        <b>{BACKEND_NAMES[id]}</b>
        <Tag tone={tone}>{words}</Tag>
      </div>
      {devices.map(({ name, memoryBytes, threads }) => (
        <p key={name}>
          {deviceInWords(name, threads, memoryBytes)}
        </p>
      ))}
      <p className={styles['reason']}>{[reason, nextStep].filter((text) => text !== '').join(' ')}</p>
    </li>
  )
}

function deviceInWords(name: string, threads: number, memoryBytes: number | null): string {
  return [name, threads === 0 ? '' : plural(threads, 'thread'), memoryBytes === null ? '' : `up to ${formatBytes(memoryBytes)} for one step`].filter((part) => part !== '').join(', ')
}

function stateOf({ available, selfTest }: Backend, chosen: boolean): { readonly tone: Tone; readonly words: string } {
  if (selfTest === 'failed') return { tone: 'danger', words: 'self-test failed' }
  if (!available) return { tone: 'neutral', words: 'not available' }
  return chosen ? { tone: 'success', words: 'in use, self-test passed' } : { tone: 'outline', words: 'self-test passed' }
}

/** Tries every device again, and says what came of it. */
export function SelfTestButton(): ReactElement {
  const client = useClient()
  const running = useJobs().some(({ kind, state }) => kind === 'self-test' && (state === 'queued' || state === 'running'))
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<FlaskConical size={14} />}
      loading={running}
      onClick={() => {
        client.call('devices.selfTest', {}).catch(toast.failure)
      }}
    >
      Test the devices
    </Button>
  )
}
