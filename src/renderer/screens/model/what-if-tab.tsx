import { Button } from '@mantine/core'
import { Dices, RotateCcw } from 'lucide-react'
import { useCallback, useState, type ReactElement } from 'react'
import type { Row } from '#shared/domain/prediction.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount } from '../../components/format.ts'
import { PaneHead } from '../../components/pane.tsx'
import { PredictionFields } from '../../components/prediction/prediction-fields.tsx'
import { PredictionResult } from '../../components/prediction/prediction-result.tsx'
import { usualRow, useRowForm } from '../../components/prediction/use-prediction.ts'
import { FormSkeleton, TextSkeleton } from '../../components/skeletons.tsx'
import styles from './model.module.css'

/** One row to play with: what the model says of it, and how that changes. */
export function WhatIfTab({ model, target }: { readonly model: string; readonly target: string }): ReactElement {
  const project = useProject()
  const client = useClient()
  const { data, error, refetch } = useMethod('models.fields', { project, model })
  const ask = useCallback((row: Row) => client.call('models.predictRow', { project, model, row }), [client, project, model])
  const form = useRowForm([project, model], data?.fields, ask)
  const [example, setExample] = useState(0)
  const examples = data?.examples ?? []
  const next = (): void => {
    const row = examples[example % examples.length]
    if (row !== undefined) form.fill(row)
    setExample(example + 1)
  }
  return (
    <div className={styles['whatif']}>
      <section aria-label="The row">
        <PaneHead
          title="A row"
          sub={data === undefined ? '' : `usual values from ${formatCount(data.rows)} training rows`}
          end={
            <>
              <Button variant="default" leftSection={<RotateCcw size={14} />} disabled={data === undefined} onClick={() => form.fill(usualRow(data?.fields ?? []))}>Usual values</Button>
              <Button variant="default" leftSection={<Dices size={14} />} disabled={examples.length === 0} onClick={next}>A training row</Button>
            </>
          }
        />
        <div className={styles['padded']}>
          {error === null ? undefined : <ErrorNote error={error} retry={() => refetch()} />}
          {data === undefined ? error === null ? <FormSkeleton fields={8} /> : undefined : <PredictionFields fields={data.fields} form={form} />}
        </div>
      </section>
      <section className={styles['answer']} aria-label="The prediction">
        <PaneHead title="What it says" />
        <div className={styles['padded']}>
          {form.failure === undefined ? undefined : <ErrorNote error={form.failure} />}
          {form.prediction === undefined ? form.failure === undefined && Object.keys(form.errors).length === 0 ? <TextSkeleton lines={5} /> : undefined : <PredictionResult prediction={form.prediction} target={target} />}
          {Object.keys(form.errors).length > 0 ? <p className={styles['quiet']}>Correct the marked fields to see what it says.</p> : undefined}
        </div>
      </section>
    </div>
  )
}
