// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { MillraceError } from '../../../../src/shared/errors.ts'
import type { MethodOutput } from '../../../../src/shared/contract/index.ts'
import { ImportDialog } from '../../../../src/renderer/screens/data/import/import-dialog.tsx'
import { fakeEngine } from '../fake-engine.ts'
import { renderPart } from '../render-window.tsx'
import { description, entry } from './described.ts'

const preview: MethodOutput<'datasets.preview'> = {
  columns: [{ kind: 'number', name: 'age', values: Float64Array.of(30, Number.NaN) }, { kind: 'text', name: 'city', values: ['<b>Lyon</b>', 'N/A'] }, { kind: 'text', name: 'left', values: ['yes', 'no'] }],
  shown: 2,
  schema: description.columns,
  report: { ...(description.report as NonNullable<typeof description.report>), rows: 2 },
  whole: false,
  rows: 123_456,
  targets: [],
}
const dialog = { project: '/projects/churn', paths: ['/data/people.csv'], onClose: () => undefined }

describe('reading a file', () => {
  it('shows its first rows harmlessly, how it is read, and reads it with the types that are set', async () => {
    const onStarted = vi.fn<(jobs: readonly string[]) => void>()
    const engine = fakeEngine({ 'datasets.preview': preview, 'datasets.list': { datasets: [entry] }, 'datasets.import': { job: 'j1' } })
    const { user } = renderPart(<ImportDialog {...dialog} onStarted={onStarted} />, { engine })
    expect(await screen.findByText('<b>Lyon</b>')).toBeDefined()
    expect(screen.getByText(/about 120,000 rows/)).toBeDefined()
    expect(screen.getByText('There is one of that name: this becomes its next version')).toBeDefined()
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type of city' }), 'text')
    await waitFor(() => expect(engine.calls.findLast(({ name }) => name === 'datasets.preview')?.input).toMatchObject({ types: { city: 'text' } }))
    await user.click(screen.getByRole('combobox', { name: 'Delimiter' }))
    await user.click(await screen.findByRole('option', { name: 'tab' }))
    await user.click(screen.getByRole('button', { name: 'Read the file' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalledWith(['j1']))
    expect(engine.calls.find(({ name }) => name === 'datasets.import')?.input).toEqual({ project: '/projects/churn', paths: ['/data/people.csv'], reading: { delimiter: 'tab' }, types: { city: 'text' }, name: 'people' })
  })

  it('says why a file cannot be read, and lets how it is read be set', async () => {
    const refused = new MillraceError({ code: 'invalid-data', headline: 'A line has the wrong number of fields', message: '/data/people.csv, line 3', nextStep: 'Correct the line. Or give "Short lines: fill with missing" to take the fields that lines lack as missing.' })
    const engine = fakeEngine({
      'datasets.preview': ({ reading }) => {
        if (reading?.ragged === 'pad') return preview
        throw refused
      },
      'datasets.list': { datasets: [] },
    })
    const { user } = renderPart(<ImportDialog {...dialog} onStarted={() => undefined} />, { engine })
    expect((await screen.findByRole('alert')).textContent).toContain('line 3')
    expect(screen.getByRole('button', { name: 'Read the file' })).toHaveProperty('disabled', true)
    await user.click(screen.getByRole('combobox', { name: 'Short lines' }))
    await user.click(await screen.findByRole('option', { name: 'fill with missing' }))
    expect(await screen.findByText('<b>Lyon</b>')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('reads several files as one table, or each by itself', async () => {
    const onStarted = vi.fn<(jobs: readonly string[]) => void>()
    const engine = fakeEngine({ 'datasets.preview': preview, 'datasets.list': { datasets: [] }, 'datasets.import': { job: 'j1' } })
    const { user } = renderPart(<ImportDialog {...dialog} paths={['/data/a.csv', '/data/b.csv']} onStarted={onStarted} />, { engine })
    await screen.findByText('<b>Lyon</b>')
    await user.click(screen.getByText('A dataset each'))
    await user.click(await screen.findByRole('button', { name: 'Read 2 files' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalled())
    expect(engine.calls.filter(({ name }) => name === 'datasets.import').map(({ input }) => (input as { paths: unknown }).paths)).toEqual([['/data/a.csv'], ['/data/b.csv']])
  })
})
