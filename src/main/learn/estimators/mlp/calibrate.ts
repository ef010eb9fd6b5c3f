import { rowsAt } from '../../neural/learning-parts.ts'
import type { RowPart } from '../../neural/network-plan.ts'
import { outputsOf } from '../../neural/problem.ts'
import { temperatureFor } from '../../neural/temperature.ts'
import type { LearningRows } from '../../neural/training-data.ts'
import { scoresOf } from './predict.ts'
import type { MlpState } from './state.ts'

/** Rows from which probabilities are calibrated. */
const FEWEST = 200

type Judged = { readonly scores: Float32Array; readonly target: ArrayLike<number> }

/** The temperature for rows that the networks did not learn from: `judges`, or what each held back. 1 where these are few, and for numbers. */
export function calibrate(state: MlpState, rows: LearningRows, parts: readonly RowPart[] | undefined, judges: LearningRows | undefined): number {
  const { link } = state
  if (link === 'identity') return 1
  const { scores, target } = judges === undefined ? heldBack(state, rows, parts ?? []) : { scores: scoresOf(state, judges), target: judges.target }
  return target.length < FEWEST ? 1 : temperatureFor(link, scores, target, outputsOf(state))
}

/** What each network says of the rows that it held back. */
function heldBack(state: MlpState, rows: LearningRows, parts: readonly RowPart[]): Judged {
  const outputs = outputsOf(state)
  const chosen = parts.flatMap(({ held }) => [...held])
  const scores = new Float32Array(chosen.length * outputs)
  let at = 0
  state.networks.forEach((network, k) => {
    const held = parts[k]?.held ?? new Int32Array(0)
    scores.set(scoresOf({ ...state, networks: [network] }, rowsAt(rows, held)), at)
    at += held.length * outputs
  })
  return { scores, target: chosen.map((row) => rows.target[row] as number) }
}
