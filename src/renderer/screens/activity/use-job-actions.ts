import { useClient } from '../../client/client-context.tsx'
import type { Job } from '#shared/domain/job.ts'
import { confirm } from '../../components/confirm.tsx'
import { formatDuration } from '../../components/format.ts'
import { toast } from '../../components/toast.tsx'
import { secondsOf } from './job-words.ts'

/** Work of this length is not thrown away by one click. */
const COSTLY_SECONDS = 30

/** What can be done with a job. */
export type JobActions = {
  /** Stops it; asks first where much would have to be done again. */
  cancel(job: Job): Promise<void>
  /** Queues the same work again and gives the new job's id; undefined where that was refused. */
  retry(job: Job): Promise<string | undefined>
}

/** What can be done with jobs; failures are told as messages. */
export function useJobActions(): JobActions {
  const client = useClient()
  return {
    async cancel(job) {
      const seconds = job.state === 'running' ? (secondsOf(job, Date.now()) ?? 0) : 0
      const question = {
        title: `Cancel ${job.title}?`,
        text: `It has run for ${formatDuration(seconds)}. Steps that have finished are kept and reused; the step at work begins anew next time.`,
        confirm: 'Cancel the work',
        cancel: 'Keep it running',
      }
      if (seconds >= COSTLY_SECONDS && !(await confirm(question, true))) return
      await client.call('activity.cancel', { job: job.id }).catch(toast.failure)
    },
    async retry(job) {
      try {
        return (await client.call('activity.retry', { job: job.id })).job
      } catch (error) {
        toast.failure(error)
        return undefined
      }
    },
  }
}
