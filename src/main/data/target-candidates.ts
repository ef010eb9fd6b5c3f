import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Task } from '#shared/domain/task.ts'

/** A column that could be predicted, with the task that it would be. */
export type TargetCandidate = { readonly column: string; readonly task: Task; /** Why, in words. */ readonly reason: string; readonly score: number }

const USUAL_NAME = /^(?:target|label|class|y|outcome|result|response|churn(?:ed)?|attrition|survived|default(?:ed)?|fraud(?:ulent)?|is_?fraud|clicked?|converted?|purchased?|subscribed?|approved|diagnosis|species|quality|rating|score|price|saleprice|sale_price|cost|charges|amount|revenue|sales|demand|count|cnt|income|salary|wage|delay|duration)$/i
/** Classes up to which a column of text is one to predict. */
const MOST_CLASSES = 30
/** Whole numbers of fewer different values are classes. */
const FEW_NUMBERS = 3

/**
 * Columns that could be predicted, the likeliest first: by name, place (the last column more often than not) and kind. A
 * guess to begin with; `rows` are those that the counts of the columns are of.
 */
export function targetCandidates(columns: readonly ColumnSchema[], rows: number): readonly TargetCandidate[] {
  const found = columns.flatMap((column, index) => {
    const task = taskOf(column, rows)
    if (task === undefined) return []
    const named = USUAL_NAME.test(column.name.trim())
    const last = index === columns.length - 1
    const score = (named ? 5 : 0) + (last ? 3 : 0) + (index === 0 ? 1 : 0) + (task === 'regression' ? 0 : task === 'binary-classification' ? 2 : 1) - (column.missing > 0 ? 2 : 0)
    const why = [...(named ? ['named like an outcome'] : []), ...(last ? ['the last column'] : []), kindOf(column, task)]
    return [{ column: column.name, task, reason: why.join(', '), score }]
  })
  return found.toSorted((a, b) => b.score - a.score)
}

function taskOf({ type, role, distinct }: ColumnSchema, rows: number): Task | undefined {
  if (role === 'identifier' || role === 'ignore' || distinct < 2) return undefined
  if (type === 'text' || type === 'datetime') return undefined
  if (distinct === 2) return 'binary-classification'
  if (type === 'integer' || type === 'decimal') return distinct <= FEW_NUMBERS ? 'multiclass-classification' : 'regression'
  return distinct <= MOST_CLASSES && distinct <= rows / 3 ? 'multiclass-classification' : undefined
}

function kindOf({ distinct }: ColumnSchema, task: Task): string {
  return task === 'regression' ? 'numbers' : `${String(distinct)} classes`
}
