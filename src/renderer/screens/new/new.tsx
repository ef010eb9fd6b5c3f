import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import type { Job } from '#shared/domain/job.ts'
import { useJob } from '../../client/use-job.ts'
import { ChooseData } from './choose-data.tsx'
import { Learning } from './learning.tsx'
import { Outcome } from './outcome.tsx'
import { Setup } from './setup.tsx'

/** A model that is being made: where, and by which work. */
export type Made = { readonly project: string; readonly file: string; readonly job: string }

const ENDED: ReadonlySet<Job['state']> = new Set(['succeeded', 'failed', 'cancelled'])

/** From a file to a model: choose it, choose what to predict, watch it learn, read in plain words how good it is. */
export function NewScreen(): ReactElement {
  const { path } = useSearch({ from: '/new' })
  const navigate = useNavigate()
  const [made, setMade] = useState<Made>()
  const job = useJob(made?.job)
  const choose = (chosen: string | undefined): void => {
    setMade(undefined)
    void navigate({ to: '/new', search: chosen === undefined ? {} : { path: chosen } })
  }
  if (path === undefined) return <ChooseData onChoose={choose} />
  if (made === undefined) return <Setup key={path} path={path} onOther={() => choose(undefined)} onMade={setMade} />
  if (job === undefined || !ENDED.has(job.state)) return <Learning made={made} job={job} />
  return <Outcome made={made} job={job} onAgain={() => setMade(undefined)} />
}
