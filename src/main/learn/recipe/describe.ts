import { applyMatrixSteps, matrixUse } from './matrix-steps.ts'
import { emptyMatrixOf } from './apply.ts'
import { outputsOf, usesOf } from './fitted-chain.ts'
import { applyChain, emptyColumn, takenBy } from './chain.ts'
import type { FittedRecipe } from './recipe.ts'

function describeStep(step: FittedRecipe['steps'][number]): string {
  const uses = usesOf(step)
  const words = uses.flatMap(({ transform, params, fitted }, index) => {
    const taken = [...applyChain(emptyColumn(step.column, step.as), uses.slice(0, index))]
    const described = taken.map((made, position) => {
      const { name } = takenBy(made, transform)
      return { name, words: transform.describe(name, params, fitted[position]) }
    })
    const [first] = described
    if (described.every(({ words }) => words === first?.words)) return first === undefined ? [] : [first.words]
    return described.map(({ name, words }) => `${name}: ${words}`)
  })
  const columns = outputsOf(step, uses).reduce((sum, made) => sum + (made.kind === 'sparse' ? made.names.length : 1), 0)
  const many = columns > 1 ? ` (${columns} columns)` : ''
  const formula = step.from === undefined ? '' : ` = ${step.from.text}`
  return `${step.column}${formula}${many}: ${words.length > 0 ? words.join('; ') : 'as it is'}`
}

/** What is done with the finished matrix, in words. */
function describeMatrix(fitted: FittedRecipe): string[] {
  return fitted.matrix.map((step, place) => {
    const { transform, params, fitted: learnt } = matrixUse(step)
    const { columns } = applyMatrixSteps(emptyMatrixOf(fitted), fitted.matrix.slice(0, place))
    return transform.describe(columns, params, learnt)
  })
}

/** The fitted recipe in words: one line per step, then what is done with all columns, then the columns left out. */
export function describeRecipe(fitted: FittedRecipe): string[] {
  return [...fitted.steps.map(describeStep), ...describeMatrix(fitted), ...fitted.leftOut.map(({ column, reason }) => `${column}: left out, ${reason}`)]
}
