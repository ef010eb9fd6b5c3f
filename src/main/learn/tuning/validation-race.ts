import { takeRows } from '../metrics/bootstrap.ts'
import { createFolds } from './folds.ts'
import { meritOf, startingEntry, tryFold, type Entry, type Race, type RaceEffects } from './race.ts'
import type { Contender } from './contender.ts'
import { createValidationData, selectTarget, type Judges, type TrainingSet } from './training-set.ts'

/** A race on rows that were set aside: the parts that these are looked at in, and everybody's merit on all of them. */
export type ValidationRace = {
  /** As if the parts were folds, though everybody was fitted once. */
  readonly race: Race
  /** Rows of each part. */
  readonly parts: readonly Int32Array[]
  readonly whole: ReadonlyMap<Contender, number>
}

/** Parts that the validation rows are looked at in: their spread says how far differences are chance. */
const PARTS = 5
/** Validation rows below which parts of them say nothing. */
const FEWEST_ROWS = 10

async function runAll(set: TrainingSet, validation: Judges, contenders: readonly Contender[], effects: RaceEffects): Promise<readonly Entry[]> {
  const data = createValidationData(set, validation, effects.fit.rng.fork('recipe'))
  const entries: Entry[] = []
  for (const contender of contenders) {
    effects.fit.throwIfAborted()
    const entry = startingEntry(contender)
    const timeIsUp = entries.length > 0 && effects.secondsLeft() <= 0
    entries.push(timeIsUp ? { ...entry, status: 'out of time', note: 'the time was up' } : await tryFold(entry, data, 0, effects))
    effects.fit.progress(entries.length / contenders.length, `candidate ${entries.length} of ${contenders.length}`)
  }
  return entries
}

function inParts(entry: Entry, { target }: Judges, parts: readonly Int32Array[], { metric }: RaceEffects): Entry | undefined {
  const [prediction] = entry.predictions
  if (prediction === undefined) return entry
  const taken = parts.map((part) => takeRows({ target, prediction }, part))
  const merits = taken.map((part) => meritOf(metric, part.target, part.prediction))
  const isDefined = merits.every((merit) => merit !== undefined && Number.isFinite(merit))
  return isDefined ? { ...entry, predictions: taken.map((part) => part.prediction), merits: merits as readonly number[] } : undefined
}

/**
 * Fits every contender once, on all training rows, and scores it on the validation rows: on all, and part by part where the metric is defined
 * in every part. Contenders that the time left does not reach are left out; the first always runs.
 */
export async function runValidationRace(set: TrainingSet, validation: Judges, contenders: readonly Contender[], effects: RaceEffects): Promise<ValidationRace> {
  const entries = await runAll(set, validation, contenders, effects)
  const { rows } = validation.table
  const every = Int32Array.from({ length: rows }, (_, row) => row)
  const dealt = rows < FEWEST_ROWS ? [] : createFolds(validation.target, { folds: PARTS, repeats: 1 }, effects.fit.rng.fork('parts')).map(({ test }) => test)
  const split = entries.map((entry) => inParts(entry, validation, dealt, effects))
  const isSplit = dealt.length > 1 && split.every((entry) => entry !== undefined)
  const parts = isSplit ? dealt : [every]
  return {
    race: {
      entries: isSplit ? split : entries,
      folds: parts.length,
      testShare: (parts[0] as Int32Array).length / set.table.rows,
      targets: parts.map((part) => selectTarget(validation.target, part)),
      repeats: parts.map(() => 0),
    },
    parts,
    whole: new Map(entries.flatMap(({ contender, merits: [merit] }) => (merit === undefined ? [] : [[contender, merit] as const]))),
  }
}
