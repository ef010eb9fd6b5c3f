import { Button, Checkbox } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { importedDatasetSchema, type DatasetDescription } from '#shared/contract/datasets.ts'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import { useClient } from '../../client/client-context.tsx'
import type { Client } from '../../client/client.ts'
import { toast } from '../../components/toast.tsx'
import { cellText } from '../../components/cell-text.ts'
import { plural } from '../../components/format.ts'
import type { DatasetPlace } from './column-summaries.ts'
import type { Retyping } from './retyping.ts'
import styles from './bars.module.css'

type RetypeBarProps = { readonly place: DatasetPlace; readonly description: DatasetDescription; readonly retyping: Retyping; onStarted(job: string): void }

/** Says which types and roles are changed, and reads the file again with them. */
export function RetypeBar({ place, description, retyping, onStarted }: RetypeBarProps): ReactElement | null {
  const client = useClient()
  const pipeline = description.ingest?.pipeline ?? null
  const [alsoThere, setAlsoThere] = useState(true)
  const [starting, setStarting] = useState(false)
  const { types, roles, changed } = retyping
  if (changed.length === 0) return null
  const words = changed.slice(0, 3).map((name) => `${cellText(name, 30)} ${[types[name] === 'auto' ? 'as guessed' : types[name], roles[name]].filter((part) => part !== undefined).join(', ')}`).join('; ')
  const apply = async (): Promise<void> => {
    setStarting(true)
    try {
      if (pipeline !== null && alsoThere) await writeToPipeline(client, place.project, pipeline, retyping)
      const { job } = await client.call('datasets.retype', { ...place, types: { ...types }, roles: { ...roles } })
      onStarted(job)
    } catch (error) {
      toast.failure(error)
    } finally {
      setStarting(false)
    }
  }
  return (
    <div className={styles['bar']} role="region" aria-label="Changed types and roles">
      <span className={styles['words']}>
        <b>{plural(changed.length, 'column')} changed</b>: {words}
        {changed.length > 3 ? '; …' : ''}
      </span>
      {pipeline === null ? undefined : <Checkbox label={`also in ${pipeline.file}, for its next run`} checked={alsoThere} onChange={(event) => setAlsoThere(event.currentTarget.checked)} />}
      <Button variant="default" onClick={retyping.clear} disabled={starting}>Discard</Button>
      <Button loading={starting} onClick={() => void apply()}>Read the file again</Button>
    </div>
  )
}

/** Sets the types and roles in the step that reads the file; its text and comments are kept otherwise. */
async function writeToPipeline(client: Client, project: string, { file, step }: { readonly file: string; readonly step: string }, { types, roles }: Retyping): Promise<void> {
  const { text, revision } = await client.call('pipelines.read', { project, file })
  const changes: PipelineChange[] = [
    ...Object.entries(types).map(([column, type]): PipelineChange => (type === 'auto' ? { kind: 'unset-param', step, path: ['types', column] } : { kind: 'set-param', step, path: ['types', column], value: type })),
    ...Object.entries(roles).map(([column, role]): PipelineChange => ({ kind: 'set-param', step, path: ['roles', column], value: role })),
  ]
  let edited = text
  for (const change of changes) edited = (await client.call('pipelines.edit', { project, file, text: edited, change })).text
  if (edited !== text) await client.call('pipelines.save', { project, file, text: edited, basedOn: revision })
}

/** The dataset version that a job of reading came to; undefined where it did not. */
export function readVersion(result: unknown): { readonly dataset: string; readonly version: number; readonly reused: boolean } | undefined {
  const parsed = importedDatasetSchema.safeParse(result)
  return parsed.success ? { dataset: parsed.data.dataset, version: parsed.data.version, reused: parsed.data.reused } : undefined
}
