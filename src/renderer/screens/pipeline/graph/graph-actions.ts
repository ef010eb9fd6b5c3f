import { createContext, use } from 'react'

/** What a node of the graph can ask for. */
export type GraphActions = {
  /** Shows the step in the inspector. */
  select(key: string): void
  /** Makes it the step that Tab and the arrows start from. */
  reach(key: string): void
}

/** Reaches the nodes without passing through React Flow's data, so that they are drawn anew only when they change. */
export const GraphActionsContext = createContext<GraphActions | undefined>(undefined)

/** What a node of the graph can ask for. */
export function useGraphActions(): GraphActions {
  const actions = use(GraphActionsContext)
  if (actions === undefined) throw new Error('A step stands in the graph only')
  return actions
}
