// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { DataTable } from '../../../../src/renderer/components/table/data-table.tsx'
import type { TableColumn } from '../../../../src/renderer/components/table/table-column.ts'
import { renderPart } from '../render-window.tsx'

type Run = { readonly id: string; readonly name: string; readonly auc: number | null }
const rows: readonly Run[] = [
  { id: 'r1', name: 'boosting', auc: 0.8494 },
  { id: 'r2', name: '=cmd|<script>', auc: null },
  { id: 'r3', name: 'logistic', auc: 0.8421 },
]
const columns: readonly TableColumn<Run>[] = [
  { id: 'name', title: 'Run', value: ({ name }) => name },
  { id: 'auc', title: 'ROC AUC', kind: 'number', value: ({ auc }) => auc },
]

function show(onRow?: (run: Run) => void) {
  return renderPart(<DataTable name="Runs" rows={rows} columns={columns} rowId={({ id }) => id} height={400} saveAs="runs" {...(onRow === undefined ? {} : { onRow })} />)
}

test('rows stand in a named grid, text as text and missing numbers as a dash', async () => {
  show()
  const grid = await screen.findByRole('grid', { name: 'Runs' })
  await waitFor(() => expect(grid.textContent).toContain('=cmd|<script>'))
  expect(grid.textContent).toContain('0.8494')
  expect(grid.textContent).toContain('–')
  expect(grid.querySelector('script')).toBeNull()
  expect(screen.getByText('3 rows')).toBeDefined()
})

test('words filter the rows, and / goes to the filter', async () => {
  const { user } = show()
  const grid = await screen.findByRole('grid', { name: 'Runs' })
  await user.type(screen.getByRole('textbox', { name: 'Filter runs' }), 'logi')
  expect(await screen.findByText('1 row of 3')).toBeDefined()
  expect(grid.textContent).not.toContain('boosting')
  await user.keyboard('{Escape}')
  expect(await screen.findByText('3 rows')).toBeDefined()
})

test('a row is opened by a click', async () => {
  const opened: string[] = []
  const { user } = show(({ id }) => opened.push(id))
  await user.click(await screen.findByText('logistic'))
  expect(opened).toEqual(['r3'])
})

test('the table is saved as CSV without anything that a spreadsheet would run, and as Parquet', async () => {
  const saved: Blob[] = []
  URL.createObjectURL = (blob) => {
    if (blob instanceof Blob) saved.push(blob)
    return 'blob:saved'
  }
  HTMLAnchorElement.prototype.click = () => undefined
  // The page of the test has arrays of its own, and its text encoder gives Node's, which a writer of bytes does not take for its kind.
  vi.stubGlobal('Uint8Array', new TextEncoder().encode('').constructor)
  const { user } = show()
  for (const format of ['CSV', 'Parquet']) {
    await user.click(await screen.findByRole('button', { name: 'Save runs' }))
    await user.click(await screen.findByRole('menuitem', { name: `Save as ${format}` }))
  }
  expect(await saved[0]?.text()).toBe("Run,ROC AUC\r\nboosting,0.8494\r\n'=cmd|<script>,\r\nlogistic,0.8421\r\n")
  await vi.waitFor(() => expect(saved).toHaveLength(2), 10_000)
  expect((await saved[1]?.text())?.slice(0, 4)).toBe('PAR1')
})
