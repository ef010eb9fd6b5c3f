import { ReactFlow, ReactFlowProvider, type NodeChange } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useEffectEvent, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react'
import { useCommands } from '../../../app/commands.ts'
import { BypassEdge } from './bypass-edge.tsx'
import { closesCircle, edgeId, flowEdges, laneNodes, neededKeys, nodeData, stepNodes, type GraphContent } from './flow-elements.ts'
import { GraphActionsContext } from './graph-actions.ts'
import { GraphControls } from './graph-controls.tsx'
import { LaneNode, type LaneFlowNode } from './lane-node.tsx'
import { layOut } from './lanes.ts'
import { StepNode, type StepFlowNode } from './step-node.tsx'
import { useGraphKeys } from './use-graph-keys.ts'
import { useGraphView } from './use-graph-view.ts'
import styles from './graph.module.css'

/** The graph and what can be done in it. */
export type PipelineGraphProps = Omit<GraphContent, 'reachable'> & {
  /** Said over the graph, e.g. that it shows an earlier text. */
  readonly remark?: ReactNode
  /** False while the text cannot be changed by the graph. */
  readonly editable: boolean
  onSelect(key: string | undefined): void
  /** Lets `target` wait for `source`. */
  onConnect(source: string, target: string): void
  onDisconnect(source: string, target: string): void
  onRemove(key: string): void
  onAdd(): void
}

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>

const nodeTypes = { step: StepNode, lane: LaneNode }
const edgeTypes = { bypass: BypassEdge }
/** Smaller, thousands of steps would be in view, too small to be told apart. */
const smallest = 0.1
const nowhere: Places = new Map()

/** The steps from top to bottom in the lanes of their stages; only what is in view is drawn. */
export function PipelineGraph(props: PipelineGraphProps): ReactElement {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph({ remark, editable, onSelect, onConnect, onDisconnect, onRemove, onAdd, steps, states, findings, forecast, selected }: PipelineGraphProps): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const [moved, setMoved] = useState(nowhere)
  const [reached, setReached] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const { laid, layout } = useLayout(steps)
  const view = useGraphView(layout, place)
  const reachable = layout.places.has(reached ?? '') ? reached : (selected ?? steps[0]?.key)
  const data = useMemo(() => nodeData({ steps, states, findings, forecast, selected, reachable }), [steps, states, findings, forecast, selected, reachable])
  const nodes = useMemo(() => [...laneNodes(layout, view.room), ...stepNodes(layout, data, moved)], [layout, data, moved, view.room])
  const edges = useMemo(() => [...flowEdges(laid, data, chosen)], [laid, data, chosen])
  const actions = useMemo(() => ({ select: onSelect, reach: setReached }), [onSelect])

  const reveal = useEffectEvent((key: string): void => view.reveal(key))
  useEffect(() => {
    if (selected !== undefined) reveal(selected)
  }, [selected])

  const tidy = (): void => setMoved(nowhere)
  const leave = (): void => {
    setChosen(undefined)
    onSelect(undefined)
  }
  const press = useGraphKeys(place, {
    places: layout.places,
    reveal: view.reveal,
    reach: setReached,
    leave,
    remove(step) {
      const edge = edges.find(({ id }) => id === chosen)
      if (!editable) return
      if (edge !== undefined) onDisconnect(edge.source, edge.target)
      else if (step !== undefined) onRemove(step)
      setChosen(undefined)
    },
  })
  useCommands([
    { id: 'pipeline.add', title: 'Add a step', keys: 'A', group: 'Graph', disabled: !editable, run: onAdd },
    { id: 'pipeline.fit', title: 'Fit the graph into its pane', keys: 'F', group: 'Graph', run: view.fit },
    { id: 'pipeline.tidy', title: 'Tidy the graph', keys: 'L', group: 'Graph', run: tidy },
  ])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the steps in it are the controls; it hears their arrows
    <div ref={place} className={styles['canvas']} role="group" aria-label="Steps of the pipeline" tabIndex={-1} onKeyDown={press}>
      <GraphActionsContext value={actions}>
        <ReactFlow
          className={styles['flow'] ?? ''}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={(changes) => setMoved((before) => withMoves(before, changes))}
          onlyRenderVisibleElements
          nodesFocusable={false}
          edgesFocusable={false}
          nodesConnectable={editable}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          minZoom={smallest}
          maxZoom={2}
          proOptions={{ hideAttribution: true }}
          nodeDragThreshold={4}
          isValidConnection={({ source, target }) => source !== target && !closesCircle(laid, source, target)}
          onConnect={({ source, target }) => onConnect(source, target)}
          onEdgeClick={(_, { source, target }) => {
            setChosen(edgeId(source, target))
            place.current?.focus()
          }}
          onPaneClick={leave}
          onMoveStart={(event) => {
            if (event !== null) view.moved()
          }}
        />
      </GraphActionsContext>
      {remark === undefined ? undefined : <div className={styles['remark']}>{remark}</div>}
      <GraphControls editable={editable} onAdd={onAdd} onFit={view.fit} onTidy={tidy} />
    </div>
  )
}

/** Lays the steps out anew only where they, their stages or what they wait for changed. */
function useLayout(steps: PipelineGraphProps['steps']) {
  const shape = JSON.stringify(neededKeys(steps))
  return useMemo(() => {
    const laid = JSON.parse(shape) as ReturnType<typeof neededKeys>
    return { laid, layout: layOut(laid) }
  }, [shape])
}

function withMoves(before: Places, changes: readonly NodeChange<StepFlowNode | LaneFlowNode>[]): Places {
  const places = changes.flatMap((change) => (change.type === 'position' && change.position !== undefined ? [[change.id, change.position] as const] : []))
  return places.length === 0 ? before : new Map([...before, ...places])
}
