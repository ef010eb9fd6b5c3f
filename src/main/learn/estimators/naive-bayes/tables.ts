import type { Layout, Tallies } from './tallies.ts'

/** How the words of texts count for a class: by the class's own words, or by those of all others (Rennie et al. 2003). */
export type TextModel = 'multinomial' | 'complement'

/** Parameters that tables depend on. */
export type TableParams = { readonly text: TextModel; readonly normalise: boolean }

/** What is added to a row's score of each class; class after class. */
export type Tables = {
  /** Log share of each class; −∞ for one without rows. */
  readonly priors: Float64Array
  /** Classes × numeric columns; a variance of 0 marks a column that says nothing. */
  readonly means: Float64Array
  readonly variances: Float64Array
  /** Classes × codes: log probability of a code in a class. */
  readonly codes: Float64Array
  /** Classes × words: what one unit of a word adds. */
  readonly words: Float64Array
}

/** Share of the largest variance of a column that is added to all: keeps densities finite. */
const VARIANCE_SMOOTHING = 1e-9

/** Cells, mean and Σ (x − mean)² of a numeric column over all classes. */
function overall({ cells, means, squares, rows }: Tallies, column: number, width: number): { readonly cells: number; readonly mean: number; readonly squares: number } {
  let [count, mean, spread] = [0, 0, 0]
  for (let k = 0; k < rows.length; k++) count += cells[k * width + column] as number
  for (let k = 0; k < rows.length; k++) mean += ((cells[k * width + column] as number) / Math.max(1, count)) * (means[k * width + column] as number)
  for (let k = 0; k < rows.length; k++) {
    const at = k * width + column
    spread += (squares[at] as number) + (cells[at] as number) * ((means[at] as number) - mean) ** 2
  }
  return { cells: count, mean, squares: spread }
}

function gaussians(tallies: Tallies, width: number): { readonly means: Float64Array; readonly variances: Float64Array } {
  const columns = Array.from({ length: width }, (_, j) => overall(tallies, j, width))
  const largest = Math.max(0, ...columns.map(({ cells, squares }) => (cells > 0 ? squares / cells : 0)))
  const means = tallies.means.slice()
  const variances = new Float64Array(means.length)
  for (let at = 0; at < means.length; at++) {
    const { cells, mean, squares } = columns[at % width] as (typeof columns)[number]
    if (!(squares > 0)) continue
    const own = tallies.cells[at] as number
    if (own === 0) means[at] = mean // a class that never has a cell here takes that of all
    variances[at] = (own > 0 ? (tallies.squares[at] as number) / own : squares / cells) + VARIANCE_SMOOTHING * largest
  }
  return { means, variances }
}

function categories({ rows, codes }: Tallies, { categorical, codes: width }: Layout, alpha: number): Float64Array {
  const logs = new Float64Array(codes.length)
  for (const { cardinality, start } of categorical) {
    for (let k = 0; k < rows.length; k++) {
      const from = k * width + start
      let total = 0
      for (let code = 0; code < cardinality; code++) total += (codes[from + code] as number) + alpha
      for (let code = 0; code < cardinality; code++) logs[from + code] = Math.log((codes[from + code] as number) + alpha) - Math.log(total)
    }
  }
  return logs
}

/** Which words take part, 1 or 0 each. */
type Known = Uint8Array

function multinomial(words: Float64Array, classes: number, alpha: number, known: Known): Float64Array {
  const width = words.length / classes
  const logs = new Float64Array(words.length)
  for (let k = 0; k < classes; k++) {
    const own = words.subarray(k * width, (k + 1) * width)
    let total = 0
    for (let j = 0; j < width; j++) if (known[j] === 1) total += (own[j] as number) + alpha
    for (let j = 0; j < width; j++) if (known[j] === 1) logs[k * width + j] = Math.log((own[j] as number) + alpha) - Math.log(total)
  }
  return logs
}

/** All words, or only those that some row has. */
function knownWords(words: Float64Array, classes: number, all: boolean): Known {
  const width = words.length / classes
  const known = new Uint8Array(width).fill(all ? 1 : 0)
  for (let at = 0; at < words.length; at++) if (words[at] !== 0) known[at % width] = 1
  return known
}

/** Minus the log shares of the words in all other classes; normalised: those logs over their sum, which are positive. */
function complement(words: Float64Array, classes: number, alpha: number, normalise: boolean, known: Known): Float64Array {
  const width = words.length / classes
  const all = new Float64Array(width)
  for (let at = 0; at < words.length; at++) all[at % width] = (all[at % width] as number) + (words[at] as number)
  const others = words.map((value, at) => Math.max(0, (all[at % width] as number) - value))
  const logs = multinomial(others, classes, alpha, known)
  for (let k = 0; k < classes; k++) {
    const own = logs.subarray(k * width, (k + 1) * width)
    const scale = normalise ? own.reduce((sum, value) => sum + value, 0) : -1
    for (let j = 0; j < width; j++) own[j] = scale === 0 ? 0 : (own[j] as number) / scale
  }
  return logs
}

/**
 * Tables from what was counted; `alpha` > 0 is added to every count of a code and every sum of a word (Laplace, Lidstone). Without `unseen`, words
 * that no counted row has say nothing, as if they had no column: in a fold, as in use, new texts bring words that training lacks.
 */
export function tablesOf(tallies: Tallies, layout: Layout, alpha: number, params: TableParams, unseen = true): Tables {
  const { rows, words } = tallies
  const total = rows.reduce((sum, count) => sum + count, 0)
  const onlyWords = layout.words > 0 && layout.numeric.length === 0 && layout.categorical.length === 0
  const present = rows.filter((count) => count > 0).length
  // The complement's own weights stand for the classes' sizes (as in scikit-learn's ComplementNB).
  const known = knownWords(words, rows.length, unseen)
  const flat = onlyWords && params.text === 'complement' && present > 1
  return {
    priors: rows.map((count) => (count === 0 ? -Infinity : flat ? 0 : Math.log(count / total))),
    ...gaussians(tallies, layout.numeric.length),
    codes: categories(tallies, layout, alpha),
    words: params.text === 'multinomial' ? multinomial(words, rows.length, alpha, known) : complement(words, rows.length, alpha, params.normalise, known),
  }
}
