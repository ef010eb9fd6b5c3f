import { BaseEdge, type EdgeProps } from '@xyflow/react'
import type { ReactElement } from 'react'
import { nodeSize } from './lanes.ts'

/** Beside the column of steps, in the gap before the next. */
const aside = nodeSize.width / 2 + 6
const bend = 24

/** A connection that leads past the steps between: it leaves their column, so that it is not taken for one of theirs. */
export function BypassEdge({ sourceX, sourceY, targetX, targetY, markerEnd }: EdgeProps): ReactElement {
  const x = Math.max(sourceX, targetX) + aside
  const down = targetY - sourceY > 4 * bend
  const turn = down ? `C${line(sourceX, sourceY + bend, x, sourceY, x, sourceY + 2 * bend)}L${line(x, targetY - 2 * bend)}C${line(x, targetY, targetX, targetY - bend, targetX, targetY)}` : `C${line(sourceX, sourceY + bend, targetX, targetY - bend, targetX, targetY)}`
  return <BaseEdge path={`M${line(sourceX, sourceY)}${turn}`} {...(markerEnd === undefined ? {} : { markerEnd })} />
}

function line(...numbers: readonly number[]): string {
  return numbers.map((value) => value.toFixed(1)).join(' ')
}
