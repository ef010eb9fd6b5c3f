import { MillraceError } from '#shared/errors.ts'
import type { Target } from '../../../table/matrix.ts'

/** How much a row of each class counts: alike, so that classes weigh the same together, or as given by name (1 where not named). */
export type ClassWeight = 'none' | 'balanced' | Readonly<Record<string, number>>

/** Rows / (present classes × rows of the class), as scikit-learn's "balanced". */
function balanced(codes: Int32Array, classes: number): Float64Array {
  const counts = new Float64Array(classes)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const present = counts.filter((count) => count > 0).length
  return counts.map((count) => (count > 0 ? codes.length / (present * count) : 0))
}

/** Weight of every row; 1 for numbers. Throws `invalid-parameter` where a class is named that the target does not have. */
export function rowWeights(target: Target, weight: ClassWeight): Float64Array {
  const rows = target.kind === 'numbers' ? target.values.length : target.codes.length
  if (weight === 'none') return new Float64Array(rows).fill(1)
  if (target.kind === 'numbers') throw invalid('Class weights need classes', 'The target is a number, and `classWeight` was given.', 'Take `classWeight` out.')
  const { codes, classes } = target
  if (weight === 'balanced') {
    const perClass = balanced(codes, classes.length)
    return Float64Array.from(codes, (code) => perClass[code] as number)
  }
  const unknown = Object.keys(weight).find((name) => !classes.includes(name))
  if (unknown !== undefined) throw invalid(`There is no class "${unknown}"`, `\`classWeight\` names "${unknown}"; the classes are: ${classes.slice(0, 20).join(', ')}.`, 'Name classes as their cells read.')
  return Float64Array.from(codes, (code) => weight[classes[code] ?? ''] ?? 1)
}

function invalid(headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message, nextStep })
}
