import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatasetProfile } from '../src/shared/domain/profile.ts'
import { ingestFile } from '../src/main/data/ingest-file.ts'
import { openDataEngine } from '../src/main/data/open-engine.ts'
import { profileDataset } from '../src/main/data/profile/profile-dataset.ts'
import { findPython, startPeer, type PythonPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'
import { tripColumns, writeTrips } from './trips.ts'

const THREADS = 2
const MEMORY_BYTES = 2 ** 31
/** Moment that the profile takes for now, so that runs are alike. */
const AS_OF = Date.UTC(2025, 0, 1)

/** `cpu`: of all threads, so that a machine that does other things meanwhile can be told. */
type Seconds = { readonly read: number; readonly all: number; readonly cpu: number }
type Run = Seconds & { readonly rows: number; readonly facts: ColumnFacts }
/** Numbers about the columns of numbers, as pandas names them. */
type ColumnFacts = Readonly<Record<string, Readonly<Record<string, number>>>>

/** A CSV of generated trips to a typed, profiled dataset, against pandas' read_csv and describe(include='all'). */
export async function ingest({ rows = [500_000, 5_000_000], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('pandas')
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const results: BenchResult[] = []
    for (const count of rows) {
      const file = join(folder, 'trips.csv')
      await writeTrips(file, count, 11)
      const peer = await startPeer(python, join(import.meta.dirname, 'ingest-peer.py'), THREADS)
      try {
        results.push(...(await measure(folder, file, count, peer, String(peer.greeting.version), report)))
      } finally {
        peer.close()
      }
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(folder: string, file: string, rows: number, peer: PythonPeer, version: string, report: (line: string) => void): Promise<readonly BenchResult[]> {
  const runs = rows >= 2_000_000 ? 2 : 3
  const [ours, theirs]: [Run[], Run[]] = [[], []]
  // In turn, so that what else the machine does meets both alike.
  for (let run = 0; run < runs; run++) {
    ours.push(await readOurs(folder, file))
    theirs.push(await readTheirs(peer, file))
    requireSame(ours.at(-1), theirs.at(-1))
  }
  const shown = (times: readonly Seconds[]): string => times.map(({ read, all, cpu }) => `${all.toFixed(2)} (${read.toFixed(2)}, ${cpu.toFixed(2)})`).join(', ')
  const { size } = await stat(file)
  report(`${rows.toLocaleString('en-US')} rows: ours ${shown(ours)}; peer ${shown(theirs)} (s; in brackets: reading alone, processor time)`)
  const label = `${rows.toLocaleString('en-US')} × ${tripColumns.length}, ${Math.round(size / 1e6)} MB`
  const result = (what: string, part: (seconds: Seconds) => number, note: string): BenchResult => {
    const [mine, peers] = [median(ours.map(part)), median(theirs.map(part))]
    return { bench: 'ingest', case: `${what} ${label}`, ours: mine, peer: peers, unit: 's', ratio: peers / mine, note }
  }
  return [
    result('profiled', ({ all }) => all, `pandas ${version} read_csv + describe; ours: types, roles, findings, quantiles, histograms`),
    result('read', ({ read }) => read, `pandas ${version} read_csv, in memory, dates as text; ours: to a Parquet dataset, dates as dates`),
  ]
}

async function readOurs(folder: string, file: string): Promise<Run> {
  const work = await mkdtemp(join(folder, 'dataset-'))
  const engine = await openDataEngine({ memoryBytes: MEMORY_BYTES, threads: THREADS, temporaryFolder: join(work, 'spill') })
  try {
    const [start, used] = [performance.now(), process.cpuUsage()]
    const output = join(work, 'data.parquet')
    const { schema } = await ingestFile(engine, { file, options: {}, types: {}, output, progress: () => undefined })
    const read = performance.now() - start
    const profile = await profileDataset(engine, output, schema, { level: 'quick', asOf: AS_OF, scratchFolder: work })
    const all = performance.now() - start
    const { user, system } = process.cpuUsage(used)
    return { read: read / 1000, all: all / 1000, cpu: (user + system) / 1e6, rows: profile.rows, facts: factsOf(profile) }
  } finally {
    await engine.close()
    await rm(work, { recursive: true, force: true })
  }
}

async function readTheirs(peer: PythonPeer, file: string): Promise<Run> {
  const { read, seconds, cpu, rows, facts } = await peer.ask({ file })
  return { read: Number(read), all: Number(seconds), cpu: Number(cpu), rows: Number(rows), facts: facts as ColumnFacts }
}

function factsOf({ columns }: DatasetProfile): ColumnFacts {
  return Object.fromEntries(
    columns.flatMap(({ name, numbers, type }) => {
      if (numbers === null || type === 'datetime') return []
      const at = (wanted: number): number => numbers.quantiles.find(({ q }) => q === wanted)?.value ?? Number.NaN
      return [[name, { count: numbers.values, mean: numbers.mean ?? Number.NaN, std: numbers.deviation ?? Number.NaN, min: at(0), '25%': at(0.25), '50%': at(0.5), '75%': at(0.75), max: at(1) }]]
    }),
  )
}

/** Throws where the two do not say the same of the file: speed would mean nothing. */
function requireSame(ours: Run | undefined, theirs: Run | undefined): void {
  if (ours === undefined || theirs === undefined || ours.rows !== theirs.rows) throw new Error(`Rows: ${ours?.rows} and ${theirs?.rows}`)
  const names = Object.keys(theirs.facts)
  if (names.length === 0) throw new Error('The peer names no columns of numbers')
  for (const name of names) {
    for (const [fact, wanted] of Object.entries(theirs.facts[name] ?? {})) {
      const found = ours.facts[name]?.[fact] ?? Number.NaN
      if (!(Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)))) throw new Error(`${name}, ${fact}: ${found} and ${wanted}`)
    }
  }
}
