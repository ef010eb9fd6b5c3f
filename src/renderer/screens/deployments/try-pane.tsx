import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { Dices, RotateCcw } from 'lucide-react'
import { useCallback, useState, type ReactElement } from 'react'
import type { Row } from '#shared/domain/prediction.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { CommandLine } from '../../components/command-line.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { PaneHead, Section } from '../../components/pane.tsx'
import { PredictionFields } from '../../components/prediction/prediction-fields.tsx'
import { PredictionResult } from '../../components/prediction/prediction-result.tsx'
import { usualRow, useRowForm } from '../../components/prediction/use-prediction.ts'
import { FormSkeleton } from '../../components/skeletons.tsx'
import styles from './deployments.module.css'

/** Fields shown before the others are asked for. */
const FIRST = 8

/** A form to try a prediction with what a deployment serves. */
export function TryPane({ deployment, model, target }: { readonly deployment: string; readonly model: string; readonly target: string }): ReactElement {
  const project = useProject()
  const client = useClient()
  const { data, error, refetch } = useMethod('deployments.fields', { project, deployment })
  const ask = useCallback((row: Row) => client.call('deployments.tryRow', { project, deployment, row }), [client, project, deployment])
  const form = useRowForm([project, deployment, model], data?.fields, ask)
  const [example, setExample] = useState(0)
  const [all, setAll] = useState(false)
  const fields = data?.fields ?? []
  const hidden = Math.max(0, fields.length - FIRST)
  // A field that cannot be taken is never hidden.
  const shown = all ? fields : fields.filter(({ name }, index) => index < FIRST || form.errors[name] !== undefined)
  const examples = data?.examples ?? []
  const next = (): void => {
    const row = examples[example % examples.length]
    if (row !== undefined) form.fill(row)
    setExample(example + 1)
  }
  return (
    <>
      <PaneHead
        title="Try a prediction"
        end={
          <>
            <Tooltip label="Usual values">
              <ActionIcon aria-label="Usual values" disabled={data === undefined} onClick={() => form.fill(usualRow(fields))}><RotateCcw size={15} /></ActionIcon>
            </Tooltip>
            <Button variant="default" leftSection={<Dices size={14} />} disabled={examples.length === 0} onClick={next}>A training row</Button>
          </>
        }
      />
      <div className={styles['try']}>
        {error === null ? undefined : <ErrorNote error={error} retry={() => refetch()} />}
        {data === undefined && error === null ? <FormSkeleton fields={FIRST} /> : <PredictionFields fields={shown} form={form} narrow />}
        {hidden === 0 ? undefined : (
          <button type="button" className={styles['more']} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Fewer fields' : `${String(hidden)} more fields, at their usual values`}
          </button>
        )}
      </div>
      <Section label="Prediction">
        {form.failure === undefined ? undefined : <ErrorNote error={form.failure} />}
        {form.prediction === undefined ? <p className={styles['quiet']}>{Object.keys(form.errors).length > 0 ? 'Correct the marked fields to see what it says.' : 'Asking the model.'}</p> : <PredictionResult prediction={form.prediction} target={target} />}
      </Section>
      <Section label="The same from a shell">
        <h3>The same from a shell</h3>
        <CommandLine command={`millrace predict --deployment ${deployment} --input FILE --output FILE`} />
      </Section>
    </>
  )
}
