import { join } from 'node:path'
import { createRng } from '../src/main/base/rng.ts'
import { createArena } from '../src/main/wasm/arena.ts'
import { createKernelPool } from '../src/main/wasm/create-kernel-pool.ts'
import { splitProduct, type Product } from '../src/main/wasm/split-product.ts'
import { findPython, startPeer, type PythonPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const RUNS = 7
const WORK = 4e9 // floating-point operations per run

type Shape = { readonly rows: number; readonly columns: number; readonly depth: number; readonly transposeA?: boolean; readonly transposeB?: boolean }
type Rate = { readonly wall: number; readonly processor: number }

const shapes: readonly Shape[] = [
  { rows: 512, columns: 512, depth: 512 },
  { rows: 512, columns: 512, depth: 512, transposeA: true },
  { rows: 512, columns: 512, depth: 512, transposeB: true },
  { rows: 1024, columns: 64, depth: 512 },
  { rows: 64, columns: 512, depth: 1024, transposeA: true },
  { rows: 512, columns: 256, depth: 64 },
]

/** GFLOP/s of the matrix product, by wall and by processor time, against torch or, where that is missing, numpy; 1 thread and 2. */
export async function kernels({ report }: BenchOptions): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const threads of [1, 2]) {
    const peer = await startPeerIfAny(threads, report)
    try {
      for (const shape of shapes) results.push(await measure(shape, threads, peer, report))
    } finally {
      peer?.close()
    }
  }
  return results
}

type Peer = PythonPeer & { readonly greeting: Readonly<Record<string, unknown>> }

async function startPeerIfAny(threads: number, report: (line: string) => void): Promise<Peer | undefined> {
  try {
    return await startPeer(findPython('numpy'), join(import.meta.dirname, 'kernels-peer.py'), threads)
  } catch (error) {
    report(`measured without a peer: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

async function measure(shape: Shape, threads: number, peer: Peer | undefined, report: (line: string) => void): Promise<BenchResult> {
  const { rows, columns, depth, transposeA = false, transposeB = false } = shape
  const repeats = Math.ceil(WORK / (2 * rows * columns * depth))
  const rateOf = (seconds: number): number => (2 * rows * columns * depth * repeats) / seconds / 1e9
  const { multiply, close } = await place(shape, threads)
  const [ours, theirs]: [Rate[], Rate[]] = [[], []]
  try {
    multiply()
    for (let run = 0; run < RUNS; run++) {
      const [start, processor] = [performance.now(), process.cpuUsage()]
      for (let i = 0; i < repeats; i++) multiply()
      const { user, system } = process.cpuUsage(processor)
      ours.push({ wall: rateOf((performance.now() - start) / 1000), processor: rateOf((user + system) / 1e6) })
      if (peer === undefined) continue
      const answer = await peer.ask({ rows, columns, depth, transposeA, transposeB, repeats })
      theirs.push({ wall: rateOf(Number(answer.seconds)), processor: rateOf(Number(answer.processor)) })
    }
  } finally {
    await close()
  }
  const [own, other] = [ours, theirs].map((rates) => (rates.length === 0 ? Number.NaN : median(rates.map(({ wall }) => wall)))) as [number, number]
  const label = `${rows}×${depth}${transposeA ? 'ᵀ' : ''} · ${depth}×${columns}${transposeB ? 'ᵀ' : ''}, ${threads} thread${threads > 1 ? 's' : ''}`
  const perSecond = (rates: readonly Rate[]): string => median(rates.map(({ processor }) => processor)).toFixed(1)
  const note = `per processor second ${perSecond(ours)}${peer === undefined ? '; no peer here' : `, peer ${perSecond(theirs)}; ${String(peer.greeting.name)}`}`
  report(`${label}: ours ${ours.map(({ wall }) => wall.toFixed(1)).join(' ')}, peer ${theirs.map(({ wall }) => wall.toFixed(1)).join(' ')} (GFLOP/s)`)
  return { bench: 'kernels', case: `product ${label}`, ours: own, peer: other, unit: 'GFLOP/s', ratio: own / other, note }
}

/** The operands in memory, and the product of the two. */
async function place({ rows, columns, depth, transposeA = false, transposeB = false }: Shape, threads: number): Promise<{ multiply: () => void; close: () => Promise<void> }> {
  const arena = createArena()
  const pool = await createKernelPool({ module: 'neural', memory: arena.memory, threads })
  const rng = createRng(1)
  const [a, b, c] = [rows * depth, depth * columns, rows * columns].map((length) => arena.allocate(length * 4)) as [number, number, number]
  for (const [at, length] of [[a, rows * depth], [b, depth * columns]] as const) arena.float32(at, length).set(Float32Array.from({ length }, () => rng.normal()))
  const product: Product = {
    ...{ a, aRow: transposeA ? 1 : depth, aColumn: transposeA ? rows : 1 },
    ...{ b, bRow: transposeB ? 1 : columns, bColumn: transposeB ? depth : 1 },
    ...{ c, cRow: columns, rows, columns, depth },
  }
  const calls = splitProduct(product, Array.from({ length: threads }, () => arena.allocate(pool.call('productScratch'))))
  return {
    multiply: () => {
      pool.together(calls)
    },
    close: () => pool.close(),
  }
}
