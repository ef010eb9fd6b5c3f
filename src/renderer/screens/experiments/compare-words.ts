import type { FoldDifference } from '#shared/contract/runs.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { formatNumber } from '../../components/format.ts'

function signed(value: number, figures = 2): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value, figures)}`
}

/** A fit that takes this many times as long is worth a word. */
const MUCH_LONGER = 2

/** Facts about two runs that the sentence may use; fit times in seconds where they are known. */
export type ComparedRuns = { nameOf(run: string): string; fitSeconds(run: string): number | null }

/** The difference of two runs fold by fold in plain words, and what follows from its interval. */
export function differenceInWords({ better, other, metric, mean, low, high, folds }: FoldDifference, { nameOf, fitSeconds }: ComparedRuns): { readonly said: string; readonly meaning: string } {
  const { label, greaterIsBetter } = metricName(metric)
  const said = `${nameOf(better)} scores ${signed(mean)} ${label} against ${nameOf(other)} (95\u00A0% interval ${signed(low)} to ${signed(high)}, the same ${String(folds)} folds).`
  const clear = greaterIsBetter ? low > 0 : high < 0
  if (clear) return { said, meaning: 'The interval leaves out 0: the difference is not chance alone.' }
  const [longer, shorter] = [fitSeconds(better), fitSeconds(other)]
  const quicker = longer !== null && shorter !== null && shorter > 0 && longer / shorter >= MUCH_LONGER ? `, and it is fitted ${formatNumber(longer / shorter, 2)}× faster` : ''
  return { said, meaning: `The interval includes 0${quicker}: ${nameOf(other)} may be enough.` }
}
