// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { MillraceError } from '#shared/errors.ts'
import { listCommands, useCommandStore } from '../../../../src/renderer/app/commands.ts'
import { CommandLine } from '../../../../src/renderer/components/command-line.tsx'
import { confirm, confirmDeletion, deletionPolicy } from '../../../../src/renderer/components/confirm.tsx'
import { ErrorNote } from '../../../../src/renderer/components/error-note.tsx'
import { toast } from '../../../../src/renderer/components/toast.tsx'
import { renderPart } from '../render-window.tsx'

const failure = new MillraceError({
  code: 'invalid-data',
  headline: '“telco.csv” has text where numbers belong',
  message: 'Row 4,211, column MonthlyCharges: “n/a”.',
  nextStep: 'Treat these values as missing.',
  details: { file: 'telco.csv', row: 4211, value: 'x'.repeat(1000) },
})

test('an error says what, why and what next, with its place small', async () => {
  let tries = 0
  const { user } = renderPart(<ErrorNote error={failure} retry={() => (tries += 1)} />)
  const note = await screen.findByRole('alert')
  for (const text of [failure.data.headline, failure.data.message, failure.data.nextStep]) expect(within(note).getByText(text)).toBeDefined()
  expect(note.textContent).toContain('invalid-data · file telco.csv · row 4211')
  expect(note.textContent).not.toContain('x'.repeat(201))
  await user.click(within(note).getByRole('button', { name: 'Try again' }))
  expect(tries).toBe(1)
})

test('a deletion is asked about with what it frees and keeps; Cancel has the focus', async () => {
  const { user } = renderPart(<p>screen</p>)
  await screen.findByText('screen')
  const answer = confirmDeletion({ title: 'Delete 2 runs?', parts: [{ label: 'Models', bytes: 1_000_000 }, { label: 'Logs', bytes: 500_000 }], kept: ['r0001 is kept: churn serves it.'], confirm: 'Delete 2 runs, free 1.5 MB' })
  const dialog = await screen.findByRole('dialog', { name: 'Delete 2 runs?' })
  expect(dialog.textContent).toContain('Freed on disk at once1.5 MB')
  expect(dialog.textContent).toContain('r0001 is kept')
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('button', { name: 'Cancel' })))
  await user.click(within(dialog).getByRole('button', { name: 'Delete 2 runs, free 1.5 MB' }))
  expect(await answer).toBe(true)
})

test('Escape keeps things as they are, and a second question answers the first with no', async () => {
  const { user } = renderPart(<p>screen</p>)
  await screen.findByText('screen')
  const first = confirm({ title: 'First?', confirm: 'Do it' })
  const second = confirm({ title: 'Second?', confirm: 'Do it' })
  expect(await first).toBe(false)
  await screen.findByRole('dialog', { name: 'Second?' })
  await user.keyboard('{Escape}')
  expect(await second).toBe(false)
})

test('who chose not to be asked is not asked', async () => {
  deletionPolicy.ask = false
  expect(await confirmDeletion({ title: 'Delete?', confirm: 'Delete run' })).toBe(true)
  deletionPolicy.ask = true
})

test('what was done can be undone from its message, also by Ctrl Z', async () => {
  let undone = 0
  const { user } = renderPart(<p>screen</p>)
  await screen.findByText('screen')
  toast.undo('Left out gender from the recipe', () => (undone += 1))
  await user.click(await screen.findByRole('button', { name: /Undo/ }))
  expect(undone).toBe(1)
  await waitFor(() => expect(screen.queryByText('Left out gender from the recipe')).toBeNull())
  toast.undo('Again', () => (undone += 1))
  await screen.findByText('Again')
  listCommands(useCommandStore.getState()).find(({ id }) => id === 'undo')?.run()
  expect(undone).toBe(2)
})

test('a failure without a place is told as a message', async () => {
  renderPart(<p>screen</p>)
  await screen.findByText('screen')
  toast.failure(failure)
  expect(await screen.findByText(failure.data.headline)).toBeDefined()
  expect(screen.getByText(`${failure.data.message} ${failure.data.nextStep}`)).toBeDefined()
})

test('a command is copied, or selected where the clipboard is refused', async () => {
  const { user } = renderPart(<CommandLine command="npm start" />)
  await user.click(await screen.findByRole('button', { name: 'Copy: npm start' }))
  expect(await screen.findByText('Copied')).toBeDefined()
  expect(await navigator.clipboard.readText()).toBe('npm start')
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => Promise.reject(new Error('refused')) } })
  await user.click(screen.getByRole('button', { name: 'Copy: npm start' }))
  expect(await screen.findByText('Selected: copy it with Ctrl C')).toBeDefined()
  expect(window.getSelection()?.toString()).toBe('npm start')
})
