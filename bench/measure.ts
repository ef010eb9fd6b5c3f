import type { Matrix } from '../src/main/table/matrix.ts'
import { flightColumns, type Flights } from './flights.ts'
import type { PythonPeer } from './python-peer.ts'

/** Flights as a matrix. */
export function flightMatrix({ rows, values }: Flights): Matrix {
  return { rows, columns: flightColumns.map((name) => ({ name, source: name, kind: 'numeric' })), data: values }
}

/** Seconds that a piece of work takes. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Seconds that the peer says its work took. */
export async function secondsOf(peer: PythonPeer, question: Readonly<Record<string, unknown>>): Promise<number> {
  return Number((await peer.ask(question)).seconds)
}

/** Ours, peer, ours, peer …: what else the machine does meets both alike. */
export async function alternate(runs: number, ours: () => Promise<number>, peer: () => Promise<number>): Promise<{ readonly ours: number[]; readonly peer: number[] }> {
  const times = { ours: [] as number[], peer: [] as number[] }
  for (let run = 0; run < runs; run++) {
    times.ours.push(await ours())
    times.peer.push(await peer())
  }
  return times
}

/** Times in words. */
export function seconds(times: readonly number[]): string {
  return times.map((time) => time.toFixed(3)).join(' ')
}

/** The bytes of an array. */
export function bytesOf(array: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}
