/** One step of the database's history; never edited once released. */
export type Migration = {
  /** Numbered by tens; the database remembers the last one it has seen. */
  readonly version: number
  readonly sql: string
}
