import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { StepArtifact } from '#shared/contract/pipelines.ts'
import type { OutlineStep } from '#shared/domain/pipeline-outline.ts'
import { useProject } from '../../../app/project.ts'
import { useMethod } from '../../../client/use-method.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { formatBytes } from '../../../components/format.ts'
import { Section } from '../../../components/pane.tsx'
import { TextSkeleton } from '../../../components/skeletons.tsx'
import type { ShownRun } from '../run/use-shown-run.ts'
import styles from './inspector.module.css'

/** What a step takes and makes: the artifacts of the shown run, before that what its inputs are bound to. */
export function StepArtifacts({ step, shown }: { readonly step: OutlineStep; readonly shown: ShownRun }): ReactElement {
  const { run, states } = shown
  const status = states.get(step.id)?.status
  const hasRun = run !== undefined && (status === 'done' || status === 'reused')
  return hasRun ? <Recorded run={run} step={step.id} /> : <Bound step={step} />
}

function Recorded({ run, step }: { readonly run: string; readonly step: string }): ReactElement {
  const project = useProject()
  const { data, error, refetch } = useMethod('pipelines.artifacts', { project, run, step })
  if (error !== null) return <ErrorNote error={error} retry={refetch} />
  if (data === undefined) return <TextSkeleton lines={4} />
  return (
    <>
      <Artifacts title="In" none="It takes nothing from other steps." artifacts={data.inputs} />
      <Artifacts title="Out" none="It made nothing." artifacts={data.outputs} />
    </>
  )
}

function Artifacts({ title, none, artifacts }: { readonly title: string; readonly none: string; readonly artifacts: readonly StepArtifact[] }): ReactElement {
  return (
    <Section label={title}>
      <h3>{title}</h3>
      {artifacts.length === 0 ? <p className={styles['quiet']}>{none}</p> : undefined}
      <ul className={styles['artifacts']}>
        {artifacts.map((artifact) => (
          <li key={artifact.name}>
            <span className={styles['row']}>
              <b>{artifact.name}</b>
              <span>{formatBytes(artifact.bytes)}</span>
            </span>
            <span className={styles['quiet']}>
              {artifact.kind}
              {artifact.from === null ? '' : ` from ${artifact.from}`} · {artifact.about}
            </span>
            <span className={styles['row']}>
              <Where artifact={artifact} />
              <code title={artifact.hash}>{artifact.hash.slice(0, 12)}</code>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Where({ artifact: { dataset, model } }: { readonly artifact: StepArtifact }): ReactElement {
  if (dataset !== null) {
    return (
      <Link to="/data" search={{ dataset: dataset.name, version: dataset.version }} className={styles['link'] ?? ''}>
        Open {dataset.name} v{dataset.version}
      </Link>
    )
  }
  if (model !== null && model.run !== null) {
    return (
      <Link to="/model" search={{ run: model.run }} className={styles['link'] ?? ''}>
        Open model {model.name} v{model.version}
      </Link>
    )
  }
  return <span />
}

function Bound({ step }: { readonly step: OutlineStep }): ReactElement {
  return (
    <>
      <Section label="In">
        <h3>In</h3>
        {step.inputs.length === 0 ? <p className={styles['quiet']}>It takes nothing from other steps.</p> : undefined}
        <ul className={styles['artifacts']}>
          {step.inputs.map(({ name, kind, optional, from }) => (
            <li key={name}>
              <b>{name}</b>
              <span className={from === null && !optional ? styles['missing'] : styles['quiet']}>
                {kind} {from === null ? (optional ? 'if there is one; none is there' : 'is missing: let it wait for a step that makes one') : `from ${from.step}, its ${from.output}`}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section label="Out">
        <h3>Out</h3>
        <ul className={styles['artifacts']}>
          {step.outputs.map(({ name, kind }) => (
            <li key={name}>
              <b>{name}</b>
              <span className={styles['quiet']}>{kind}, once it has run</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
