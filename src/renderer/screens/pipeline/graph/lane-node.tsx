import type { Node, NodeProps } from '@xyflow/react'
import type { ReactElement } from 'react'
import styles from './graph.module.css'

/** The band of a stage as a node behind the others. */
export type LaneFlowNode = Node<{ readonly stage: string }, 'lane'>

/** The band of a stage, with its name at the left. */
export function LaneNode({ data }: NodeProps<LaneFlowNode>): ReactElement {
  return (
    <div className={styles['lane']}>
      <span>{data.stage === '' ? 'no kind' : data.stage}</span>
    </div>
  )
}
