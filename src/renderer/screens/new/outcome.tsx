import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleStop } from 'lucide-react'
import type { ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import type { Job } from '#shared/domain/job.ts'
import { useMethod } from '../../client/use-method.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount, formatScore } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { Page } from '../../components/page.tsx'
import { Figure, Section } from '../../components/pane.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import type { Made } from './new.tsx'
import styles from './outcome.module.css'

/** What came of it: in plain words with the baseline beside it, or why it failed and what to do. */
export function Outcome({ made, job, onAgain }: { readonly made: Made; readonly job: Job; readonly onAgain: () => void }): ReactElement {
  const again = <Button variant="default" onClick={onAgain}>Change the question</Button>
  if (job.state === 'cancelled') {
    return <Page title="Cancelled"><EmptyState icon={CircleStop} title="The run was cancelled" text="Steps that had finished are kept: the next run goes on from there." action={again} /></Page>
  }
  if (job.state === 'failed' || job.run === null) {
    return <Page title="It did not work" sub={made.file} actions={again}><div className={styles['body']}>{job.error === null ? undefined : <ErrorNote error={job.error} actions={<Link to="/pipeline" search={{ file: made.file }}>Open the pipeline</Link>} />}</div></Page>
  }
  return <Result made={made} run={job.run} again={again} />
}

function Result({ made, run, again }: { readonly made: Made; readonly run: string; readonly again: ReactElement }): ReactElement {
  const answer = useMethod('runs.report', { project: made.project, run })
  const report = answer.data?.report ?? undefined
  return (
    <Page
      title="How good is it?"
      sub={report === undefined ? run : report.model.summary}
      actions={
        <>
          {again}
          <Button variant="default" renderRoot={(props: object) => <Link to="/deployments" search={{}} {...props} />}>Score new rows</Button>
          <Button renderRoot={(props: object) => <Link to="/model" search={{ run }} {...props} />}>Look at the model</Button>
        </>
      }
    >
      <div className={styles['body']}>
        {answer.error === null ? undefined : <ErrorNote error={answer.error} retry={() => answer.refetch()} />}
        {report === undefined ? answer.error === null ? <TextSkeleton lines={6} /> : undefined : <InWords report={report} />}
      </div>
    </Page>
  )
}

function InWords({ report }: { readonly report: EvaluationReport }): ReactElement {
  const { primary, baseline, comparison, warnings, rows } = report
  const [lead = '', ...rest] = comparison
  const other = baseline.metrics[primary.metric]
  return (
    <>
      <p className={styles['lead']}>{lead}</p>
      <Section label="Score">
        <div className={styles['figures']}>
          <Figure name={primary.label} value={formatScore(primary.value)} detail={primary.interval === undefined ? undefined : `95 % interval ${formatScore(primary.interval.low)} – ${formatScore(primary.interval.high)}`} />
          <Figure name="Knowing nothing" value={formatScore(other)} detail={baseline.description} />
          <Figure name="Examined on" value={formatCount(rows)} detail="rows that it has never seen" />
        </div>
      </Section>
      <ul className={styles['sentences']}>{rest.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      {warnings.map((warning) => <Note key={warning} tone="warning">{warning}</Note>)}
    </>
  )
}
