import type { ColumnSchema } from '#shared/domain/schema.ts'

/** What a version is compared by. */
export type ComparedVersion = { readonly rows: number; readonly columns: readonly ColumnSchema[]; readonly source: string }

/** Names that are listed before the rest is counted. */
const LISTED = 4

/** What a dataset version has that the one before it had not, in words; the first version has nothing to be compared with. */
export function versionChanges(before: ComparedVersion | undefined, after: ComparedVersion): readonly string[] {
  if (before === undefined) return []
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const now = new Set(after.columns.map(({ name }) => name))
  const shared = after.columns.flatMap((column) => {
    const earlier = old.get(column.name)
    return earlier === undefined ? [] : [{ column, earlier }]
  })
  const difference = after.rows - before.rows
  return [
    ...(difference === 0 ? [] : [`${counted(Math.abs(difference), 'row')} ${difference > 0 ? 'more' : 'fewer'}`]),
    ...listed('new', after.columns.filter(({ name }) => !old.has(name)).map(({ name }) => name)),
    ...listed('gone', before.columns.filter(({ name }) => !now.has(name)).map(({ name }) => name)),
    ...listed('type', shared.filter(({ column, earlier }) => column.type !== earlier.type).map(({ column, earlier }) => `${column.name} ${earlier.type} → ${column.type}`)),
    ...listed('role', shared.filter(({ column, earlier }) => column.role !== earlier.role).map(({ column, earlier }) => `${column.name} ${earlier.role} → ${column.role}`)),
    ...listed('missing', shared.filter(({ column, earlier }) => column.missing !== earlier.missing).map(({ column, earlier }) => `${column.name} ${earlier.missing.toLocaleString('en-US')} → ${column.missing.toLocaleString('en-US')}`)),
    ...(before.source === after.source ? [] : [`from ${after.source}`]),
  ]
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`
}

const heads = {
  new: (count: number) => `${counted(count, 'column')} more`,
  gone: (count: number) => `${counted(count, 'column')} fewer`,
  type: (count: number) => `${counted(count, 'type')} changed`,
  role: (count: number) => `${counted(count, 'role')} changed`,
  missing: (count: number) => `missing cells changed in ${counted(count, 'column')}`,
} as const

function listed(what: keyof typeof heads, items: readonly string[]): readonly string[] {
  if (items.length === 0) return []
  const shown = items.slice(0, LISTED).join(', ')
  return [`${heads[what](items.length)}: ${shown}${items.length > LISTED ? ', …' : ''}`]
}
