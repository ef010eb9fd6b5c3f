import type { NumberProfile, ProfileHistogram } from '#shared/domain/profile.ts'
import { totalOf, type CountedNumbers } from './counted-numbers.ts'
import { binOf, chooseBins, edgesOf, type Bins } from './histogram-edges.ts'
import { numberCollector, QUANTILES, type NumberMoments } from './number-collector.ts'

/** What the numbers of a column are like, from its distinct values with their counts. */
export function profileCounted(counted: CountedNumbers, infinite: number): NumberProfile {
  const moments = momentsOfCounted(counted)
  const bins = binsFor(moments)
  return numberProfile(moments, infinite, bins === undefined ? undefined : histogramOfCounted(counted, bins))
}

function momentsOfCounted(counted: CountedNumbers): NumberMoments {
  const collector = numberCollector(totalOf(counted))
  for (let i = 0; i < counted.values.length; i++) collector.take(counted.values[i] as number, counted.counts[i] as number)
  return collector.finish()
}

/** The bins for a column's histogram; undefined where it has no value. */
export function binsFor(moments: NumberMoments): Bins | undefined {
  const [minimum, q1, , q25, , q75, , q99, maximum] = moments.quantiles
  if (minimum === undefined || q1 === undefined || q25 === undefined || q75 === undefined || q99 === undefined || maximum === undefined) return undefined
  return chooseBins({ values: moments.values, distinct: moments.distinct, whole: moments.whole, minimum, maximum, q1, q25, q75, q99 })
}

/** Counts of distinct values by bin. */
export function histogramOfCounted({ values, counts }: CountedNumbers, bins: Bins): ProfileHistogram {
  const binned = new Map<number, number>()
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(bins, values[i] as number)
    binned.set(bin, (binned.get(bin) ?? 0) + (counts[i] as number))
  }
  return histogramOf(bins, binned)
}

/** A histogram from counts by bin; −1 is before the first, `bins.count` behind the last. */
export function histogramOf(bins: Bins, binned: ReadonlyMap<number, number>): ProfileHistogram {
  return {
    edges: edgesOf(bins),
    counts: Array.from({ length: bins.count }, (_, i) => binned.get(i) ?? 0),
    below: binned.get(-1) ?? 0,
    above: binned.get(bins.count) ?? 0,
  }
}

/** The profile of a column of numbers from what its passes found. */
export function numberProfile(moments: NumberMoments, infinite: number, histogram: ProfileHistogram | undefined): NumberProfile {
  const { values: n, mean, m2, m3, m4 } = moments
  const variance = m2 / n
  const g1 = m3 / n / variance ** 1.5
  const g2 = m4 / n / variance ** 2 - 3
  const defined = (condition: boolean, value: number): number | null => (condition && Number.isFinite(value) ? value : null)
  return {
    values: n,
    mean: defined(n > 0, mean),
    deviation: defined(n > 1, Math.sqrt(m2 / (n - 1))),
    // Joanes and Gill (1998): G1 and G2, as pandas, SAS and Excel give them.
    skew: defined(n > 2 && moments.distinct > 1, (g1 * Math.sqrt(n * (n - 1))) / (n - 2)),
    kurtosis: defined(n > 3 && moments.distinct > 1, ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * g2 + 6)),
    quantiles: moments.quantiles.map((value, i) => ({ q: QUANTILES[i] ?? 0, value })),
    zeros: moments.zeros,
    negatives: moments.negatives,
    infinite,
    whole: n > 0 && moments.whole,
    histogram: histogram ?? { edges: [], counts: [], below: 0, above: 0 },
    lowest: [...moments.lowest],
    highest: [...moments.highest],
  }
}
