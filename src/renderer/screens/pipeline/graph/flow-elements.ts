import { MarkerType, Position, type Edge } from '@xyflow/react'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import type { OutlineStep, PipelineFinding } from '#shared/domain/pipeline-outline.ts'
import type { StepState } from '../run/step-states.ts'
import type { LaneFlowNode } from './lane-node.tsx'
import { nodeSize, type GraphLayout, type LaidStep } from './lanes.ts'
import type { StepFlowNode, StepNodeData } from './step-node.tsx'

/** Keys of the steps that a step waits for; ids that no step has are left out. */
export function neededKeys(steps: readonly OutlineStep[]): readonly LaidStep[] {
  const keys = new Map(steps.map(({ id, key }) => [id, key]))
  return steps.map(({ key, stage, needs }) => ({ key, stage, needs: needs.flatMap((need) => keys.get(need) ?? []).filter((need) => need !== key) }))
}

/** What the graph is drawn from. */
export type GraphContent = {
  readonly steps: readonly OutlineStep[]
  readonly states: ReadonlyMap<string, StepState>
  readonly findings: readonly PipelineFinding[]
  readonly forecast: readonly StepForecast[] | undefined
  readonly selected: string | undefined
  readonly reachable: string | undefined
}

/** What each step's node says, by key. */
export function nodeData({ steps, states, findings, forecast, selected, reachable }: GraphContent): ReadonlyMap<string, StepNodeData> {
  const problems = new Map<string, number>()
  for (const { step } of findings) if (step !== null) problems.set(step, (problems.get(step) ?? 0) + 1)
  const forecasts = new Map(forecast?.map((one) => [one.step, one]))
  return new Map(
    steps.map((step) => [
      step.key,
      { step, state: states.get(step.id), forecast: forecasts.get(step.id), problems: problems.get(step.key) ?? 0, selected: step.key === selected, reachable: step.key === reachable },
    ]),
  )
}

const middle = nodeSize.width / 2
// Known to React Flow without measuring: steps outside the view are never drawn.
const handles = [
  { type: 'target' as const, position: Position.Top, x: middle - 0.5, y: -0.5, width: 1, height: 1 },
  { type: 'source' as const, position: Position.Bottom, x: middle - 0.5, y: nodeSize.height - 0.5, width: 1, height: 1 },
]

/** Nodes for React Flow; `moved` are those that were dragged elsewhere. */
export function stepNodes(layout: GraphLayout, data: ReadonlyMap<string, StepNodeData>, moved: ReadonlyMap<string, { readonly x: number; readonly y: number }>): readonly StepFlowNode[] {
  return [...data].map(([key, content]) => ({ id: key, type: 'step', position: moved.get(key) ?? layout.places.get(key) ?? { x: 0, y: 0 }, data: content, ...nodeSize, measured: nodeSize, handles }))
}

/** The bands behind the steps, at least `room` pixels wide. */
export function laneNodes({ lanes, width }: GraphLayout, room: number): readonly LaneFlowNode[] {
  const wide = Math.max(width, room)
  return lanes.map(({ stage, top, height }) => ({
    id: `lane ${stage}`,
    type: 'lane',
    position: { x: (width - wide) / 2, y: top },
    data: { stage },
    width: wide,
    height,
    measured: { width: wide, height },
    selectable: false,
    draggable: false,
    connectable: false,
    focusable: false,
    zIndex: -1,
  }))
}

const marker = { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'var(--mr-border-strong)' } as const

/** Connections for React Flow: from what is needed to what needs it; those that other steps make anyway lead past them. */
export function flowEdges(steps: readonly LaidStep[], data: ReadonlyMap<string, StepNodeData>, selected: string | undefined): readonly Edge[] {
  return steps.flatMap(({ key, needs }) =>
    needs.map((need): Edge => {
      const id = edgeId(need, key)
      const isImplied = needs.some((other) => other !== need && closesCircle(steps, other, need))
      return { id, type: isImplied ? 'bypass' : 'default', source: need, target: key, markerEnd: marker, className: edgeClass(data.get(key)?.state, id === selected), focusable: false }
    }),
  )
}

/** Id of the connection between two steps. */
export function edgeId(source: string, target: string): string {
  return `${source} → ${target}`
}

function edgeClass(state: StepState | undefined, selected: boolean): string {
  const progress = state?.status === 'running' ? 'flows' : state?.status === 'done' || state?.status === 'reused' ? 'passed' : 'open'
  return selected ? `${progress} chosen` : progress
}

const needsOf = new WeakMap<readonly LaidStep[], ReadonlyMap<string, readonly string[]>>()

/** True where `source` waits for `target` already, near or far: a connection to it would close a circle. */
export function closesCircle(steps: readonly LaidStep[], source: string, target: string): boolean {
  const needs = needsOf.get(steps) ?? new Map(steps.map((step) => [step.key, step.needs]))
  needsOf.set(steps, needs)
  const seen = new Set<string>()
  const open = [source]
  while (open.length > 0) {
    const key = open.pop() ?? ''
    if (key === target) return true
    if (seen.has(key)) continue
    seen.add(key)
    open.push(...(needs.get(key) ?? []))
  }
  return false
}
