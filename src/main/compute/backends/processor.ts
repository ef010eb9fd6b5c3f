import { cpus } from 'node:os'
import type { ComputeDevice } from '../backend.ts'

/** The processor as a device that `threads` threads compute on. */
export function processor(threads: number): ComputeDevice {
  const name = cpus()[0]?.model.trim() ?? ''
  return { kind: 'processor', name: name === '' || name === 'unknown' ? 'Processor' : name, driver: '', memoryBytes: null, threads }
}
