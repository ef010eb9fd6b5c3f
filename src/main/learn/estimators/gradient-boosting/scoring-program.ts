import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import type { BinColumns } from '../trees/bin-columns.ts'
import { leafCount, type Split, type Tree } from './tree.ts'

/** Trees in the form that kernel `score` runs; layouts in src/kernels/score.ts. */
export type ScoringProgram = {
  readonly treeCount: number
  readonly trees: Int32Array
  readonly planes: Int32Array
  readonly numeric: Uint8Array
  readonly sets: Uint8Array
  readonly leaves: Float32Array
}

const NUMERIC_BYTES = 8
const SET_BYTES = 48
const LEAST_WORK = 20_000 // rows × trees below which threads cost more than they bring

type Entry = { readonly split: Split; readonly keep: number }

/** A tree with its leaves in order, and for each plane of eight leaves the splits that can clear some of them. */
function planesOf(tree: Tree): { readonly values: readonly number[]; readonly planes: readonly (readonly Entry[])[] } {
  const values: number[] = []
  const planes: Entry[][] = Array.from({ length: Math.ceil(leafCount(tree) / 8) }, () => [])
  const visit = (at: number): void => {
    const node = tree[at]
    if (node === undefined) throw new Error(`The tree has no node ${at}`)
    if (node.kind === 'leaf') {
      values.push(node.value)
      return
    }
    const first = values.length
    visit(node.left)
    const end = values.length
    for (let plane = first >> 3; plane << 3 < end; plane++) {
      const low = Math.max(first - plane * 8, 0)
      const high = Math.min(end - plane * 8, 8)
      planes[plane]?.push({ split: node, keep: 255 & ~((1 << high) - (1 << low)) })
    }
    visit(node.right)
  }
  visit(0)
  return { values, planes }
}

/** Compiles trees for kernel `score`. */
export function compileTrees(trees: readonly Tree[]): ScoringProgram {
  const parts = trees.map(planesOf)
  const entries = parts.flatMap(({ planes }) => planes)
  const numericCounts = entries.map((plane) => plane.filter(({ split }) => split.goesLeft === undefined).length)
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
  const program = {
    treeCount: trees.length,
    trees: new Int32Array((trees.length + 1) * 2),
    planes: new Int32Array((entries.length + 1) * 2),
    numeric: new Uint8Array(sum(numericCounts) * NUMERIC_BYTES),
    sets: new Uint8Array((sum(entries.map((plane) => plane.length)) - sum(numericCounts)) * SET_BYTES),
    leaves: Float32Array.from(parts.flatMap(({ values }) => values)),
  }
  parts.forEach(({ values, planes }, t) => {
    program.trees[t * 2 + 2] = (program.trees[t * 2] as number) + planes.length
    program.trees[t * 2 + 3] = (program.trees[t * 2 + 1] as number) + values.length
  })
  entries.forEach((plane, p) => {
    program.planes[p * 2 + 2] = (program.planes[p * 2] as number) + (numericCounts[p] as number)
    program.planes[p * 2 + 3] = (program.planes[p * 2 + 1] as number) + plane.length - (numericCounts[p] as number)
  })
  const all = entries.flat()
  writeNumeric(program.numeric, all.filter(({ split }) => split.goesLeft === undefined))
  writeSets(program.sets, all.filter(({ split }) => split.goesLeft !== undefined))
  return program
}

function writeNumeric(out: Uint8Array, entries: readonly Entry[]): void {
  const view = new DataView(out.buffer)
  entries.forEach(({ split, keep }, e) => {
    const at = e * NUMERIC_BYTES
    const right = split.missingRight ? 1 : 0
    view.setUint32(at, split.feature, true)
    view.setUint8(at + 4, right)
    view.setUint8(at + 5, split.bin - right)
    view.setUint8(at + 6, keep)
  })
}

function writeSets(out: Uint8Array, entries: readonly Entry[]): void {
  const view = new DataView(out.buffer)
  entries.forEach(({ split, keep }, e) => {
    const at = e * SET_BYTES
    view.setUint32(at, split.feature, true)
    view.setUint8(at + 4, keep)
    if (split.goesLeft !== undefined) out.set(split.goesLeft, at + 16)
  })
}

/** A program in the kernels' memory. */
export type PlacedProgram = {
  readonly treeCount: number
  readonly addresses: readonly [trees: number, planes: number, numeric: number, sets: number, leaves: number]
  readonly scratch: number
}

/** Copies a program into the kernels' memory. */
export function placeProgram(pool: KernelPool, program: ScoringProgram): PlacedProgram {
  const place = (array: Int32Array | Uint8Array | Float32Array): number => {
    const address = pool.arena.allocate(array.byteLength)
    pool.arena.bytes(address, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return address
  }
  const { trees, planes, numeric, sets, leaves } = program
  return {
    treeCount: program.treeCount,
    addresses: [place(trees), place(planes), place(numeric), place(sets), place(leaves)],
    scratch: pool.arena.allocate(pool.threads * 64),
  }
}

/** Raw scores: f32 per row, output after output, `stride` bytes apart. Tree t adds to output t mod `outputs`, plus `first`. */
export type RawScores = { readonly address: number; readonly stride: number; readonly outputs: number }

/** Adds the leaf values of every tree to the raw scores of rows `from` … `to`−1, on all threads. */
export function addScores(
  pool: KernelPool,
  program: PlacedProgram,
  columns: BinColumns,
  rows: { readonly from: number; readonly to: number },
  raw: RawScores,
): void {
  const least = Math.max(256, LEAST_WORK / Math.max(1, program.treeCount))
  runOverRange(pool, { ...rows, least, multiple: 64 }, ({ from, to, lane }) => ({
    kernel: 'score',
    args: [
      ...[columns.address, columns.stride, from, to, 0, program.treeCount],
      ...program.addresses,
      ...[raw.address, raw.stride, raw.outputs, program.scratch + lane * 64],
    ],
  }))
}
