// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react'
import { useState, type ReactElement } from 'react'
import { expect, test } from 'vitest'
import { Page } from '../../../../src/renderer/components/page.tsx'
import { renderPart } from '../render-window.tsx'

function Tabbed(): ReactElement {
  const [tab, setTab] = useState('rows')
  return (
    <Page title="Data" tabs={{ items: [{ id: 'rows', label: 'Rows', count: 5000 }, { id: 'findings', label: 'Findings' }], current: tab, onChange: setTab }} side={<p>Beside</p>} sideLabel="Column">
      {tab}
    </Page>
  )
}

test('a page names the window, its tabs and its panes', async () => {
  renderPart(<Tabbed />)
  expect(await screen.findByRole('heading', { level: 1, name: 'Data' })).toBeDefined()
  expect(document.title).toBe('Data · Millrace')
  expect(screen.getByRole('tab', { name: 'Rows 5,000' }).getAttribute('aria-selected')).toBe('true')
  expect(screen.getByRole('tabpanel', { name: 'Rows 5,000' }).textContent).toBe('rows')
  expect(screen.getByRole('complementary', { name: 'Column' }).textContent).toBe('Beside')
})

test('arrows move between tabs', async () => {
  const { user } = renderPart(<Tabbed />)
  const rows = await screen.findByRole('tab', { name: 'Rows 5,000' })
  rows.focus()
  await user.keyboard('{ArrowRight}')
  expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Findings' }))
  expect(screen.getByRole('tabpanel').textContent).toBe('findings')
  await user.keyboard('{ArrowRight}{Home}')
  expect(screen.getByRole('tabpanel').textContent).toBe('rows')
})

test('the side pane is made wider by arrows, within limits, and stays so', async () => {
  renderPart(<Tabbed />)
  const handle = await screen.findByRole('separator', { name: 'Width of column' })
  expect(handle.getAttribute('aria-valuenow')).toBe('360')
  fireEvent.keyDown(handle, { key: 'ArrowLeft' })
  expect(handle.getAttribute('aria-valuenow')).toBe('376')
  expect(localStorage.getItem('millrace-side-Data-wide')).toBe('376')
  for (let i = 0; i < 30; i += 1) fireEvent.keyDown(handle, { key: 'ArrowRight' })
  expect(handle.getAttribute('aria-valuenow')).toBe('280')
})
