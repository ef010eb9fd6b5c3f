import { Button } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import { useProject } from '../../app/project.ts'
import { searchSchemas } from '../../app/search.ts'
import { useMethod } from '../../client/use-method.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { Page } from '../../components/page.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { NewPipeline } from './new-pipeline.tsx'
import { Workplace } from './workplace.tsx'

/** The steps of a pipeline as a graph and as YAML, both editable, with the state of its run. */
export function PipelineScreen(): ReactElement {
  const project = useProject()
  const navigate = useNavigate()
  const { file, step } = searchSchemas.pipeline.parse(useSearch({ strict: false }))
  const { data, error, refetch } = useMethod('pipelines.list', { project })
  const [making, setMaking] = useState(false)
  const show = (next: { readonly file: string; readonly step?: string | undefined }): void => {
    void navigate({ to: '/pipeline', search: next, replace: true })
  }
  const dialog = (
    <NewPipeline
      opened={making}
      onClose={() => setMaking(false)}
      onMade={(made) => {
        setMaking(false)
        show({ file: made })
      }}
    />
  )
  if (data === undefined) return <Page title="Pipeline">{error === null ? <TextSkeleton lines={6} /> : <ErrorNote error={error} retry={refetch} />}</Page>
  const { pipelines } = data
  const entry = pipelines.find((candidate) => candidate.file === file) ?? (file === undefined ? latest(pipelines) : undefined)
  if (entry === undefined && file === undefined) {
    return (
      <Page title="Pipeline">
        <EmptyState
          icon={Workflow}
          title="No pipeline yet"
          text="A pipeline is the way from a file to a deployed model, step by step. What did not change since the last run is reused, and it says why."
          action={
            <>
              <Button onClick={() => void navigate({ to: '/new' })}>Make one from my data</Button>
              <Button variant="default" onClick={() => setMaking(true)}>
                Start with an empty one
              </Button>
            </>
          }
          command="millrace init my-project --template churn"
        />
        {dialog}
      </Page>
    )
  }
  const shown = entry?.file ?? file ?? ''
  return (
    <>
      <Workplace
        key={`${project} ${shown}`}
        file={shown}
        entry={entry}
        pipelines={pipelines}
        step={step}
        onStep={(next) => show({ file: shown, step: next })}
        onFile={(next) => show({ file: next })}
        onNew={() => setMaking(true)}
      />
      {dialog}
    </>
  )
}

/** The pipeline that ran last, else the one that was written last. */
function latest(pipelines: readonly PipelineEntry[]): PipelineEntry | undefined {
  const moment = ({ lastRun, modifiedAt }: PipelineEntry): number => lastRun?.startedAt ?? modifiedAt
  const ran = pipelines.filter(({ lastRun }) => lastRun !== null)
  return (ran.length > 0 ? ran : pipelines).toSorted((a, b) => moment(b) - moment(a))[0]
}
