import { Button, Checkbox, TextInput } from '@mantine/core'
import { FileOutput } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { z } from 'zod'
import { useProject } from '../../app/project.ts'
import { useStartJob } from '../../client/use-job.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatDuration, plural } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { PathField } from '../../components/path-field.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import styles from './deployments.module.css'

const resultSchema = z.object({ rows: z.number(), output: z.string(), seconds: z.number() })

/** The name of a file of predictions beside its input. */
export function proposedOutput(input: string): string {
  return `${input.replace(/\.[^./\\]{1,8}$/, '')}-predicted.csv`
}

/** Predicts every row of a file into a new one. */
export function ScoreFile({ deployment }: { readonly deployment: string }): ReactElement {
  const project = useProject()
  const [input, setInput] = useState('')
  const [output, setOutput] = useState<string>()
  const [keepInput, setKeepInput] = useState(true)
  const [lenient, setLenient] = useState(false)
  const { start, job, error, starting } = useStartJob('deployments.predictFile')
  const busy = starting || job?.state === 'queued' || job?.state === 'running'
  const result = job?.state === 'succeeded' ? resultSchema.safeParse(job.result) : undefined
  const shownOutput = output ?? (input === '' ? '' : proposedOutput(input))
  return (
    <section className={styles['score']} aria-label="Predict a file">
      <h2>Predict a file</h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          start({ project, deployment, input, output: shownOutput, keepInput, onInvalid: lenient ? 'missing' : 'error' }).catch(() => undefined)
        }}
      >
        <PathField label="File with rows to predict" value={input} onChange={setInput} show="data" pick="Choose a file" />
        <TextInput label="File of predictions" value={shownOutput} spellCheck={false} onChange={({ currentTarget }) => setOutput(currentTarget.value)} />
        <Checkbox label="Keep the file’s own columns" checked={keepInput} onChange={({ currentTarget }) => setKeepInput(currentTarget.checked)} />
        <Checkbox label="Take text where a number belongs as blank" checked={lenient} onChange={({ currentTarget }) => setLenient(currentTarget.checked)} />
        <div className={styles['buttons']}>
          <Button type="submit" variant="default" leftSection={<FileOutput size={14} />} loading={busy} disabled={input === '' || shownOutput === ''}>Predict file</Button>
        </div>
      </form>
      {busy ? <ProgressBar value={job?.fraction ?? null} label={job?.message ?? 'Prediction'} /> : undefined}
      {error === undefined ? undefined : <ErrorNote error={error} />}
      {result?.success === true ? <Note tone="success">{plural(result.data.rows, 'row')} predicted in {formatDuration(result.data.seconds)}, written to {result.data.output}</Note> : undefined}
    </section>
  )
}
