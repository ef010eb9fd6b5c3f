import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { Check, CircleSlash, Clock, OctagonAlert, Redo2, TriangleAlert } from 'lucide-react'
import { memo, type ReactElement } from 'react'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import type { OutlineStep } from '#shared/domain/pipeline-outline.ts'
import { formatDuration, formatRemaining, plural } from '../../../components/format.ts'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { stateInWords, type StepState } from '../run/step-states.ts'
import { useGraphActions } from './graph-actions.ts'
import { stepNote } from './step-note.ts'
import styles from './graph.module.css'

/** What the graph shows of a step. */
export type StepNodeData = {
  readonly step: OutlineStep
  readonly state: StepState | undefined
  /** What a run would do, while that is shown. */
  readonly forecast: StepForecast | undefined
  readonly problems: number
  readonly selected: boolean
  /** True for the one step that Tab leads to. */
  readonly reachable: boolean
}

/** A step as a node of the graph. */
export type StepFlowNode = Node<StepNodeData, 'step'>

/** A step: its name, what it does, and how it stands; 160 × 58 pixels. It is drawn anew only where it says something else. */
export const StepNode = memo(StepBox, ({ data: a }, { data: b }) => isSame(a, b))

function isSame(a: StepNodeData, b: StepNodeData): boolean {
  return a.step === b.step && a.state === b.state && a.forecast === b.forecast && a.problems === b.problems && a.selected === b.selected && a.reachable === b.reachable
}

function StepBox({ data }: NodeProps<StepFlowNode>): ReactElement {
  const { step, state, forecast, problems, selected, reachable } = data
  const actions = useGraphActions()
  const running = state?.status === 'running'
  const pale = state === undefined || state.status === 'waiting' || state.status === 'skipped' || state.status === 'cancelled'
  const classes = [styles['node'], pale ? styles['pale'] : '', selected ? styles['selected'] : '', problems > 0 ? styles['wrong'] : '', state?.status === 'failed' ? styles['failed'] : '']
  return (
    <>
      <Handle type="target" position={Position.Top} className={styles['handle'] ?? ''} />
      <button
        type="button"
        className={classes.join(' ')}
        tabIndex={reachable ? 0 : -1}
        aria-pressed={selected}
        data-step={step.key}
        onFocus={() => actions.reach(step.key)}
        onClick={() => actions.select(step.key)}
      >
        <span className={styles['line']}>
          <b className={styles['name']}>{step.id === '' ? step.key : step.id}</b>
          <StepMark problems={problems} state={state} />
        </span>
        <span className={styles['line']}>
          <span className={styles['note']}>{running && state.message !== '' ? state.message : stepNote(step.params) || step.uses}</span>
          <span className={styles['end']}>{endWords(data)}</span>
        </span>
        <span className="read-aloud">{readAloud(data)}</span>
        {running && forecast === undefined ? <ProgressBar value={state.fraction} label={`Progress of ${step.id}`} /> : undefined}
      </button>
      <Handle type="source" position={Position.Bottom} className={styles['handle'] ?? ''} />
    </>
  )
}

function StepMark({ problems, state }: { readonly problems: number; readonly state: StepState | undefined }): ReactElement {
  if (problems > 0) return <TriangleAlert size={14} className={styles['warned'] ?? ''} />
  if (state === undefined) return <i className={styles['hollow']} />
  switch (state.status) {
    case 'done':
    case 'reused':
      return <Check size={16} className={styles['done'] ?? ''} />
    case 'running':
      return <i className={styles['spinner']} />
    case 'failed':
      return <OctagonAlert size={14} className={styles['bad'] ?? ''} />
    case 'waiting':
      return <Clock size={14} />
    case 'skipped':
      return <Redo2 size={14} />
    case 'cancelled':
      return <CircleSlash size={14} />
  }
}

function endWords({ state, forecast, problems }: StepNodeData): string {
  if (forecast !== undefined) return forecast.problem !== null ? 'refused' : forecast.decision === 'reuse' ? 'reuse' : forecast.decision === 'run' ? 'would run' : 'depends'
  if (state === undefined) return problems > 0 ? plural(problems, 'problem') : ''
  switch (state.status) {
    case 'done':
      return `${formatDuration(state.seconds)} · ran`
    case 'reused':
      return 'reused'
    case 'running':
      return state.fraction === null ? '' : formatRemaining(state.remainingSeconds)
    case 'failed':
    case 'skipped':
    case 'cancelled':
      return stateInWords(state)
    case 'waiting':
      return ''
  }
}

/** What is not seen in words: the kind of the step, its state, and what it waits for. */
function readAloud({ step, state, forecast, problems }: StepNodeData): string {
  const parts = [
    step.uses,
    problems > 0 ? plural(problems, 'problem') : undefined,
    state === undefined ? 'has not run' : stateInWords(state),
    forecast === undefined ? undefined : `a run: ${forecast.decision}`,
    step.needs.length === 0 ? undefined : `after ${step.needs.join(', ')}`,
  ]
  return `, ${parts.filter((part) => part !== undefined).join(', ')}`
}
