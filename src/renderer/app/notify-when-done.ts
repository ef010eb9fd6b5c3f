import { useEffect } from 'react'
import { useClient } from '../client/client-context.tsx'
import { useMethod } from '../client/use-method.ts'
import { formatDuration } from '../components/format.ts'

/** Work of less time is not worth a message. */
const LEAST_SECONDS = 10

/** Tells by a message of the system when long work ends while this window is not in front, where the host can and the user wants it. */
export function useNotifyWhenDone(): void {
  const client = useClient()
  const { data: info } = useMethod('app.info', {})
  const { data: settings } = useMethod('app.settings', {})
  const wanted = info?.notifications === true && settings?.notifyWhenDone === true
  useEffect(() => {
    if (!wanted) return undefined
    const told = new Set<string>()
    return client.subscribe((event) => {
      if (event.topic !== 'job' || (event.job.state !== 'succeeded' && event.job.state !== 'failed')) return
      const { id, title, state, startedAt, finishedAt, error } = event.job
      const seconds = ((finishedAt ?? 0) - (startedAt ?? 0)) / 1000
      if (told.has(id) || seconds < LEAST_SECONDS || document.hasFocus()) return
      told.add(id)
      const body = state === 'failed' ? (error?.headline ?? 'It failed') : `Done in ${formatDuration(seconds)}`
      // A message that is not shown is no failure of the work.
      client.call('app.notify', { title, body }).catch(() => undefined)
    })
  }, [client, wanted])
}
