import type { Handlers } from '../context.ts'

/** Work in progress: the job queue as the window sees it. */
export const activityHandlers: Handlers<'activity'> = {
  list: (_, { jobs }) => ({ jobs: [...jobs.list()] }),
  get: ({ job }, { jobs }) => jobs.get(job),
  log: ({ job }, { jobs }) => ({ lines: [...jobs.log(job)] }),
  cancel({ job }, { jobs }) {
    jobs.cancel(job)
    return {}
  },
  retry: ({ job }, { jobs }) => ({ job: jobs.retry(job) }),
  clear(_, { jobs }) {
    jobs.clear()
    return {}
  },
}
