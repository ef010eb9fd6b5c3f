/** Where long work puts what it would go on from if it were interrupted; nothing in it changes a result. */
export type Checkpoints = {
  /** Whether so large a share of the time between two checkpoints has passed since the last one; 1 if not said. */
  due(share?: number): boolean
  /** What was saved under a name and is whole; undefined where there is none. */
  load(name: string): Promise<Uint8Array | undefined>
  /** Replaces what is saved under a name. A disk that refuses is told in the log and stops nothing. */
  save(name: string, bytes: Uint8Array): Promise<void>
  /** Those of a named part of the work, apart from all others. */
  fork(name: string): Checkpoints
}
