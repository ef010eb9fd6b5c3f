import { z } from 'zod'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER } from '../parquet.ts'
import { rowsInOrder, type NumberedRows, type RowOrder } from '../view-sql.ts'
import { interruptible } from './interruptible.ts'
import { remember } from './remember.ts'

/** The numbers of a view's rows, in its order. */
export type ViewOrder = {
  /** Numbers of at most `count` rows from `offset` on; the first ones come from a top-N query, others wait until all are in order. */
  numbers(offset: number, count: number, signal?: AbortFlag): Promise<readonly number[]>
  /** Rows of the view; undefined until they are counted. */
  total(): number | undefined
  counted(): Promise<number>
  /** SQL after FROM of all its rows: `place` from 0 and `number`. */
  table(): Promise<string>
  /** Counts the rows and puts them all in order ahead of need; a failure is told to who asks for them. */
  prepare(): Promise<void>
  /** Stops what is made ahead of need. */
  rest(): void
  close(): Promise<void>
}

/** Rows that the top-N query takes: some screens. */
const HEAD = 1000

const counted = z.object({ n: z.number() })

let tables = 0

/** The order of a view of `rows()`, which may be the file at first and a copy of it later. */
export function orderView(engine: DataEngine, rows: () => NumberedRows, order: RowOrder): ViewOrder {
  const name = `order_${tables++}`
  const select = (): string => rowsInOrder(rows(), [`CAST(${ROW_NUMBER} AS INTEGER)`], order)
  let total: number | undefined
  let made = false
  let waiting = 0
  let closed = false
  let stop = createAbortFlag()

  let headSignal: AbortFlag | undefined
  const head = remember(async () => {
    const found = await interruptible(engine, headSignal, (own) => numbersOf(own, `${select()} LIMIT ${HEAD}`))
    if (found.length < HEAD) total = found.length
    return found
  })
  const count = remember(async () => {
    const [found] = await interruptible(engine, undefined, (own) => own.rows(`SELECT count(*) AS n FROM (${rowsInOrder(rows(), ['1'], { filter: order.filter })})`, counted))
    return (total = found?.n ?? 0)
  })
  const all = remember(async () => {
    stop = createAbortFlag()
    await interruptible(engine, stop, async (own) => {
      await own.run(`CREATE OR REPLACE TABLE ${name} AS ${select()}`)
      const [found] = await own.rows(`SELECT count(*) AS n FROM ${name}`, counted)
      total = found?.n ?? 0
    })
    made = true
  })
  const whole = async (): Promise<void> => {
    waiting++
    try {
      // Where it was just stopped for want of somebody who waits, it starts again.
      await all.get().catch(() => all.get())
    } finally {
      waiting--
    }
  }
  return {
    async numbers(offset, wanted, signal) {
      if (!made && offset + wanted <= HEAD) {
        headSignal = signal
        const first = await head.get()
        return first.slice(offset, offset + wanted)
      }
      await whole()
      return interruptible(engine, signal, (own) => numbersOf(own, `SELECT cell0 FROM ${name} WHERE rowid >= ${Math.trunc(offset)} AND rowid < ${Math.trunc(offset + wanted)}`))
    },
    total: () => total,
    counted: async () => total ?? count.get(),
    async table() {
      await whole()
      return `(SELECT rowid AS place, cell0 AS number FROM ${name})`
    },
    async prepare() {
      if (total !== undefined) return
      try {
        if (!closed) await count.get()
        if (!closed) await all.get()
      } catch {}
    },
    rest() {
      if (waiting === 0) stop.abort()
    },
    async close() {
      closed = true
      stop.abort()
      await Promise.all([head.settled(), count.settled(), all.settled()])
      await engine.run(`DROP TABLE IF EXISTS ${name}`)
    },
  }
}

async function numbersOf(engine: DataEngine, select: string): Promise<readonly number[]> {
  const found: number[] = []
  await engine.chunks(select, (chunk) => {
    const { numbers } = chunk.column(0)
    if (numbers !== undefined) for (let row = 0; row < chunk.rows; row++) found.push(numbers[row] as number)
  })
  return found
}
