import { z } from 'zod'
import { runListEntrySchema, runStatusSchema, type RunStatus } from './run.ts'

/** One line of the leaderboard. */
export const leaderboardEntrySchema = z
  .object({
    ...runListEntrySchema.def.innerType.shape,
    /** Of the model that the run trained, or was to train; null where that was left to the cross-validation and did not come to it. */
    estimator: z.string().nullable(),
    /** The model in one sentence. */
    summary: z.string().nullable(),
    target: z.string().nullable(),
    task: z.string().nullable(),
    /** Cross-validation on the training rows: mean and standard deviation over folds. */
    validation: z.object({ metric: z.string(), mean: z.number(), deviation: z.number() }).nullable(),
    /** 95 % interval of the score on the test rows that the evaluation leads with. */
    interval: z.object({ metric: z.string(), low: z.number(), high: z.number() }).nullable(),
    baseline: z.record(z.string(), z.number()).nullable(),
    /** Of the step that fitted the model, choice included; of the run that made it, where this one reuses it. */
    fitSeconds: z.number().nullable(),
    modelBytes: z.number().nullable(),
    /** Deployments that serve the model now. */
    deployments: z.array(z.string()).readonly(),
    /** Why a failed run failed, in one sentence. */
    problem: z.string().nullable(),
  })
  .readonly()

/** One line of the leaderboard. */
export type LeaderboardEntry = z.infer<typeof leaderboardEntrySchema>

const numbersSchema = z.custom<Float64Array>((value) => value instanceof Float64Array)
const textsSchema = z.object({ labels: z.array(z.string()), codes: z.custom<Int32Array>((value) => value instanceof Int32Array) })

/** Texts of a column, each distinct one once; code −1 is none. */
type Texts = z.infer<typeof textsSchema>

/** Thousands of lines as columns, so that they cross to the window as typed arrays; NaN is none. */
export const leaderboardFrameSchema = z.object({
  texts: z.record(z.string(), textsSchema),
  numbers: z.record(z.string(), numbersSchema),
})

/** Thousands of lines as columns. */
export type LeaderboardFrame = z.infer<typeof leaderboardFrameSchema>

function texts(values: readonly (string | null | undefined)[]): Texts {
  const codes = new Map<string, number>()
  const coded = Int32Array.from(values, (value) => {
    if (value === null || value === undefined) return -1
    const known = codes.get(value)
    if (known !== undefined) return known
    codes.set(value, codes.size)
    return codes.size - 1
  })
  return { labels: [...codes.keys()], codes: coded }
}

function numbers(values: readonly (number | null | undefined)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN)
}

const SEPARATOR = '\n'
/** Before the name of a metric, so that none is taken for another column. */
const METRIC = 'metric '

/** The lines as columns. */
export function packLeaderboard(entries: readonly LeaderboardEntry[]): LeaderboardFrame {
  const metrics = [...new Set(entries.flatMap(({ metrics: own }) => Object.keys(own ?? {})))]
  const text = (of: (entry: LeaderboardEntry) => string | null | undefined): Texts => texts(entries.map(of))
  const number = (of: (entry: LeaderboardEntry) => number | null | undefined): Float64Array => numbers(entries.map(of))
  return {
    texts: {
      run: text(({ run }) => run),
      pipeline: text(({ pipeline }) => pipeline),
      status: text(({ status }) => status),
      modelName: text(({ model }) => model?.name),
      modelHash: text(({ model }) => model?.hash),
      deployment: text(({ deployment }) => deployment),
      estimator: text(({ estimator }) => estimator),
      summary: text(({ summary }) => summary),
      target: text(({ target }) => target),
      task: text(({ task }) => task),
      validation: text(({ validation }) => validation?.metric),
      interval: text(({ interval }) => interval?.metric),
      baseline: text(({ baseline }) => (baseline === null ? null : JSON.stringify(baseline))),
      deployments: text(({ deployments }) => deployments.join(SEPARATOR)),
      problem: text(({ problem }) => problem),
    },
    numbers: {
      startedAt: number(({ startedAt }) => startedAt),
      seconds: number(({ seconds }) => seconds),
      modelVersion: number(({ model }) => model?.version),
      mean: number(({ validation }) => validation?.mean),
      deviation: number(({ validation }) => validation?.deviation),
      low: number(({ interval }) => interval?.low),
      high: number(({ interval }) => interval?.high),
      fitSeconds: number(({ fitSeconds }) => fitSeconds),
      modelBytes: number(({ modelBytes }) => modelBytes),
      ...Object.fromEntries(metrics.map((metric) => [`${METRIC}${metric}`, number(({ metrics: own }) => own?.[metric])])),
    },
  }
}

type Cell<T> = (at: number) => T | null

/** The lines back from their columns; equal baselines are one object. */
export function unpackLeaderboard({ texts: textColumns, numbers: numberColumns }: LeaderboardFrame): LeaderboardEntry[] {
  const text = (name: string): Cell<string> => {
    const column = textColumns[name]
    return (at) => (column === undefined ? null : (column.labels[column.codes[at] ?? -1] ?? null))
  }
  const number = (name: string): Cell<number> => {
    const values = numberColumns[name]
    return (at) => (values === undefined || Number.isNaN(values[at]) ? null : (values[at] ?? null))
  }
  const together = <T>(make: (metric: string, first: number, second: number) => T, metric: Cell<string>, first: Cell<number>, second: Cell<number>): Cell<T> => (at) => {
    const [name, a, b] = [metric(at), first(at), second(at)]
    return name === null || a === null || b === null ? null : make(name, a, b)
  }
  const baselines = (textColumns['baseline']?.labels ?? []).map((json) => JSON.parse(json) as Record<string, number>)
  const statuses = (textColumns['status']?.labels ?? []).map((status) => runStatusSchema.parse(status))
  const status = (at: number): RunStatus => statuses[textColumns['status']?.codes[at] ?? 0] ?? 'interrupted'
  const [run, pipeline, deployment, estimator, summary] = [text('run'), text('pipeline'), text('deployment'), text('estimator'), text('summary')]
  const [target, task, deployments, problem] = [text('target'), text('task'), text('deployments'), text('problem')]
  const [seconds, fitSeconds, modelBytes] = [number('seconds'), number('fitSeconds'), number('modelBytes')]
  const [modelName, modelHash, modelVersion] = [text('modelName'), text('modelHash'), number('modelVersion')]
  const validation = together((metric, mean, deviation) => ({ metric, mean, deviation }), text('validation'), number('mean'), number('deviation'))
  const interval = together((metric, low, high) => ({ metric, low, high }), text('interval'), number('low'), number('high'))
  const metrics = metricsOf(numberColumns)
  return Array.from(numberColumns['startedAt'] ?? [], (startedAt, at): LeaderboardEntry => {
    const [name, hash, version] = [modelName(at), modelHash(at), modelVersion(at)]
    return {
      run: run(at) ?? '',
      pipeline: pipeline(at) ?? '',
      status: status(at),
      startedAt,
      seconds: seconds(at) ?? undefined,
      metrics: metrics(at),
      model: name === null || hash === null || version === null ? undefined : { name, hash, version },
      deployment: deployment(at) ?? undefined,
      estimator: estimator(at),
      summary: summary(at),
      target: target(at),
      task: task(at),
      validation: validation(at),
      interval: interval(at),
      baseline: baselines[textColumns['baseline']?.codes[at] ?? -1] ?? null,
      fitSeconds: fitSeconds(at),
      modelBytes: modelBytes(at),
      deployments: deployments(at)?.split(SEPARATOR).filter((slot) => slot !== '') ?? [],
      problem: problem(at),
    }
  })
}

function metricsOf(columns: LeaderboardFrame['numbers']): (at: number) => Record<string, number> | undefined {
  const own = Object.entries(columns).flatMap(([name, values]) => (name.startsWith(METRIC) ? [{ name: name.slice(METRIC.length), values }] : []))
  return (at) => {
    const found: Record<string, number> = {}
    let some = false
    for (const { name, values } of own) {
      const value = values[at] ?? Number.NaN
      if (Number.isNaN(value)) continue
      found[name] = value
      some = true
    }
    return some ? found : undefined
  }
}
