import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { DataEngine } from '../data/engine.ts'
import type { FoundRow } from '../data/grid/find-text.ts'
import { openGridTable, type GridTable } from '../data/grid/grid-table.ts'
import { interruptible } from '../data/grid/interruptible.ts'
import { splitByClass, type ClassCounts, type ColumnParts } from '../data/grid/split-by-class.ts'
import { openDataEngine } from '../data/open-engine.ts'
import type { TablePage } from '../data/page.ts'
import { requireColumn, type RowOrder } from '../data/view-sql.ts'
import type { OpenSession } from '../workers/session.ts'

/** What the session may take from the machine. */
export type GridStart = { readonly memoryBytes: number; readonly threads: number }

/** A dataset that is looked at: its hash, and where it lies at the first question about it. */
export type GridDataset = { readonly hash: string; readonly parquet: string; readonly schema: TableSchema }

/** A question about a view of a dataset. */
export type GridQuestion =
  | { readonly kind: 'rows'; readonly order: RowOrder; readonly columns: readonly string[]; readonly offset: number; readonly rows: number }
  | { readonly kind: 'count'; readonly order: RowOrder }
  | { readonly kind: 'find'; readonly order: RowOrder; readonly columns: readonly string[]; readonly text: string; readonly from: number; readonly backwards: boolean }
  | { readonly kind: 'cell'; readonly order: RowOrder; readonly column: string; readonly row: number; readonly characters: number }
  | { readonly kind: 'split'; readonly column: string; readonly target: string; readonly parts: ColumnParts }

/** What is asked of the session. */
export type GridRequest = { readonly dataset: GridDataset; readonly question: GridQuestion }

/** The answers by kind of question. */
export type GridAnswers = {
  readonly rows: { readonly page: TablePage; /** Undefined until it is counted. */ readonly total: number | undefined }
  readonly count: number
  readonly find: FoundRow
  readonly cell: string | null
  readonly split: ClassCounts
}

type Answer = GridAnswers[GridQuestion['kind']]

/** Datasets that stay open, the latest ones. */
const KEPT_TABLES = 3
/** Rows of a page at most. */
export const LONGEST_PAGE = 2000

/** Answers questions about datasets that are looked at, and keeps them open for the next one. */
export const openSession: OpenSession<GridStart, GridRequest, Answer> = async ({ memoryBytes, threads }) => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-grid-'))
  const engine = await openDataEngine({ memoryBytes, threads, temporaryFolder: join(folder, 'spill'), rowLookups: LONGEST_PAGE })
  const tables = new Map<string, Promise<GridTable>>()
  let opened = 0

  const open = async ({ parquet, schema }: GridDataset): Promise<GridTable> => {
    const own = join(folder, String(opened++))
    await mkdir(own)
    return openGridTable(engine, parquet, schema, own)
  }
  const tableOf = (dataset: GridDataset): Promise<GridTable> => {
    const table = tables.get(dataset.hash) ?? open(dataset)
    tables.delete(dataset.hash)
    tables.set(dataset.hash, table)
    table.catch(() => tables.delete(dataset.hash))
    for (const [hash, oldest] of tables) {
      if (tables.size <= KEPT_TABLES) break
      tables.delete(hash)
      closeTable(oldest).catch(() => undefined) // its files go with the folder at the latest
    }
    return table
  }
  return {
    answer: async ({ dataset, question }, signal) => answer(engine, await tableOf(dataset), dataset.schema, question, signal),
    async close() {
      await Promise.all([...tables.values()].map(closeTable))
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function closeTable(opening: Promise<GridTable>): Promise<void> {
  const table = await opening.catch(() => undefined)
  await table?.close()
}

async function answer(engine: DataEngine, table: GridTable, schema: TableSchema, question: GridQuestion, signal: AbortFlag): Promise<Answer> {
  switch (question.kind) {
    case 'rows': {
      const view = table.view(question.order)
      const page = await view.page(question.columns, question.offset, Math.min(question.rows, LONGEST_PAGE), signal)
      return { page, total: view.total() }
    }
    case 'count':
      return table.view(question.order).counted()
    case 'find':
      return table.view(question.order).find(question.columns, question.text, question.from, question.backwards, signal)
    case 'cell':
      return table.view(question.order).cell(question.column, question.row, question.characters, signal)
    case 'split': {
      const [column, target] = [requireColumn(schema, question.column), requireColumn(schema, question.target)]
      return interruptible(engine, signal, (own) => splitByClass(own, table.current(), column, target, question.parts))
    }
  }
}
