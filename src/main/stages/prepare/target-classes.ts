import type { Artifact } from '#shared/domain/artifact.ts'
import { isClassification } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { checkTarget, findTarget } from '../../data/check-target.ts'
import { loadTable } from '../../data/load-table.ts'
import type { StageContext } from '../step-kind.ts'

/** Classes of a single row that are told one by one. */
const MOST_TOLD = 20

/**
 * The class of each row where the split keeps their proportions; also makes sure that the target can be learnt. With `lone`,
 * a class with a single row is told, and refused where there are two classes.
 */
export async function targetClasses(data: Artifact<'dataset'>, input: string, { stratify, lone }: { stratify: boolean; lone: boolean }, ctx: StageContext): Promise<Int32Array | undefined> {
  if (ctx.goal === undefined) return undefined
  await checkTarget(ctx.data, input, data.meta.schema, ctx.goal)
  if (!stratify || !isClassification(ctx.goal.task)) return undefined
  const { columns } = await loadTable(ctx.data, input, [{ schema: findTarget(data.meta.schema, ctx.goal), as: 'category' }])
  const [target] = columns
  if (target?.kind !== 'category') return undefined
  if (!lone) return target.codes
  const single = loneRows(target.codes)
  for (const row of single.slice(0, MOST_TOLD)) {
    const name = target.categories[target.codes[row] as number] ?? ''
    // Of two classes, one without a row to test on leaves nothing to learn; of many, the others are still worth it.
    if (ctx.goal.task === 'binary-classification') throw loneClass(ctx.goal.target, row + 1, name)
    ctx.log.warn(`The class "${name}" has a single row (row ${row + 1}): it stays in training and cannot be tested.`)
  }
  if (single.length > MOST_TOLD) ctx.log.warn(`${(single.length - MOST_TOLD).toLocaleString('en')} further classes have a single row each, which stay in training and cannot be tested.`)
  return target.codes
}

/** Rows whose class no other row has, ascending; 0-based. */
function loneRows(codes: Int32Array): number[] {
  const counts = new Map<number, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const lone = new Set([...counts].filter(([code, rows]) => code >= 0 && rows === 1).map(([code]) => code))
  const rows: number[] = []
  for (let row = 0; lone.size > 0 && row < codes.length; row++) if (lone.has(codes[row] as number)) rows.push(row)
  return rows
}

function loneClass(column: string, row: number, value: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `The class "${value}" has a single row`,
    message: `Row ${row} of the cleaned data is the only one with "${value}" in the column "${column}"; training and testing need at least one each.`,
    nextStep: `Add rows of the class "${value}", correct the cell if it is a slip, or set stratify: false for this step to go on without testing it.`,
    details: { row, column, value },
  })
}
