/** What the layout knows of a step. */
export type LaidStep = { readonly key: string; readonly stage: string; readonly needs: readonly string[] }

/** A band of the graph that holds the steps of one stage; pixels. */
export type Lane = { readonly stage: string; readonly top: number; readonly height: number }

/** Where each step stands (its upper left corner) and the bands behind; pixels. */
export type GraphLayout = {
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  readonly lanes: readonly Lane[]
  readonly width: number
  readonly height: number
  /** Right edge of the steps in the first row. */
  readonly firstEnd: number
}

/** Size of a step in the graph. */
export const nodeSize = { width: 160, height: 58 } as const

const columnPitch = 170
const rowPitch = 88
const lanePadding = 12
const laneGap = 18
/** Room at the left for the names of the lanes, and the same at the right. */
const margin = 30
/** Steps beside each other at most; more of one kind go into further rows. */
const widestRow = 12
const sweeps = 4

const stageOrder = ['ingest', 'prepare', 'features', 'train', 'evaluate', 'deploy', 'monitor', 'retrain']

/**
 * Places steps from top to bottom: one lane per stage in the order of the loop, in it one row per distance from the lane's first
 * steps, in the rows each step near those that it is connected with. Time grows with steps and connections only.
 */
export function layOut(steps: readonly LaidStep[]): GraphLayout {
  const stages = stagesOf(steps)
  const byKey = new Map(steps.map((step) => [step.key, step]))
  const rows = stages.flatMap((stage) => rowsOf(steps.filter((step) => step.stage === stage), stage))
  const columns = arrange(rows.map(({ keys }) => keys), neighboursOf(steps, byKey))
  const tops = new Map<string, { top: number; rows: number }>()
  let y = 0
  const places = new Map<string, { x: number; y: number }>()
  const left = Math.min(...columns.values(), 0)
  const right = Math.max(...columns.values(), 0)
  const width = right - left + nodeSize.width + 2 * margin
  const shift = (width - (right - left) - nodeSize.width) / 2 - left
  for (const [index, { stage, keys }] of rows.entries()) {
    const lane = tops.get(stage)
    if (lane === undefined) {
      if (index > 0) y += laneGap
      tops.set(stage, { top: y, rows: 1 })
      y += lanePadding
    } else lane.rows += 1
    for (const key of keys) places.set(key, { x: Math.round((columns.get(key) ?? 0) + shift), y })
    const ends = rows[index + 1]?.stage !== stage
    y += ends ? nodeSize.height + lanePadding : rowPitch
  }
  const lanes = [...tops].map(([stage, { top, rows: count }]) => ({ stage, top, height: (count - 1) * rowPitch + nodeSize.height + 2 * lanePadding }))
  const firstEnd = Math.max(0, ...(rows[0]?.keys ?? []).map((key) => (places.get(key)?.x ?? 0) + nodeSize.width))
  return { places, lanes, width, height: y, firstEnd }
}

function stagesOf(steps: readonly LaidStep[]): readonly string[] {
  const present = [...new Set(steps.map(({ stage }) => stage))]
  const rank = (stage: string): number => {
    const at = stageOrder.indexOf(stage)
    return at < 0 ? stageOrder.length : at
  }
  return present.toSorted((a, b) => rank(a) - rank(b))
}

type Row = { readonly stage: string; readonly keys: readonly string[] }

/** Rows of one lane by the longest way from its first steps; a circle is cut where it is met. */
function rowsOf(steps: readonly LaidStep[], stage: string): Row[] {
  const own = new Map(steps.map((step) => [step.key, step]))
  const depth = new Map<string, number>()
  for (const step of steps) settleDepth(step.key, own, depth)
  const byDepth: string[][] = []
  for (const { key } of steps) (byDepth[depth.get(key) ?? 0] ??= []).push(key)
  return byDepth.flatMap((keys) => {
    const count = Math.ceil(keys.length / widestRow)
    const each = Math.ceil(keys.length / count)
    return Array.from({ length: count }, (_, row) => ({ stage, keys: keys.slice(row * each, (row + 1) * each) }))
  })
}

/** Without recursion: a chain may be thousands of steps long. */
function settleDepth(start: string, own: ReadonlyMap<string, LaidStep>, depth: Map<string, number>): void {
  const open = new Set<string>()
  const stack = [start]
  while (stack.length > 0) {
    const key = stack.at(-1) ?? ''
    if (depth.has(key)) {
      stack.pop()
      continue
    }
    const before = (own.get(key)?.needs ?? []).filter((need) => own.has(need) && need !== key)
    const waiting = before.filter((need) => !depth.has(need) && !open.has(need))
    open.add(key)
    if (waiting.length > 0) stack.push(...waiting)
    else {
      stack.pop()
      depth.set(key, Math.max(-1, ...before.map((need) => depth.get(need) ?? -1)) + 1)
    }
  }
}

function neighboursOf(steps: readonly LaidStep[], byKey: ReadonlyMap<string, LaidStep>): { readonly above: ReadonlyMap<string, readonly string[]>; readonly below: ReadonlyMap<string, readonly string[]> } {
  const below = new Map<string, string[]>()
  const above = new Map(steps.map(({ key, needs }) => [key, needs.filter((need) => byKey.has(need))]))
  for (const [key, needs] of above) for (const need of needs) {
    const found = below.get(need)
    if (found === undefined) below.set(need, [key])
    else found.push(key)
  }
  return { above, below }
}

/** Column of each step: drawn to the mean of its neighbours, alternately of those above and below, never closer than a pitch. */
function arrange(rows: readonly (readonly string[])[], { above, below }: ReturnType<typeof neighboursOf>): ReadonlyMap<string, number> {
  const x = new Map<string, number>()
  for (const row of rows) for (const [index, key] of row.entries()) x.set(key, (index - (row.length - 1) / 2) * columnPitch)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : rows.toReversed()) {
      const wanted = row.map((key) => {
        const near = (down ? above : below).get(key) ?? []
        return { key, at: near.length === 0 ? (x.get(key) ?? 0) : near.reduce((sum, one) => sum + (x.get(one) ?? 0), 0) / near.length }
      })
      spread(wanted, x)
    }
  }
  return x
}

/** In the order of where they want to be, each as near to it as its neighbours in the row allow. */
function spread(wanted: readonly { readonly key: string; readonly at: number }[], x: Map<string, number>): void {
  const ordered = wanted.toSorted((a, b) => a.at - b.at)
  let last = Number.NEGATIVE_INFINITY
  const placed = ordered.map(({ at }) => (last = Math.max(at, last + columnPitch)))
  const off = ordered.reduce((sum, { at }, index) => sum + at - (placed[index] ?? 0), 0) / Math.max(1, ordered.length)
  for (const [index, { key }] of ordered.entries()) x.set(key, (placed[index] ?? 0) + off)
}
